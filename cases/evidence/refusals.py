"""Why a file is not taken, as the person reads it: what was wrong, what is taken, what to do."""

from typing import Literal

from cases.errors import BadInput

Code = Literal["file_empty", "file_too_large", "file_type", "file_broken", "file_pixels", "file_pages", "file_locked"]

ACCEPTED = "图片（JPG、PNG、WebP、HEIC）、PDF 和 MP4 视频"

SENTENCES: dict[Code, str] = {
    "file_empty": f"这个文件是空的，请重新选一个。能收{ACCEPTED}。",
    "file_too_large": f"文件太大了，每个不超过 {{limit}} MB。能收{ACCEPTED}；视频可以剪短，PDF 可以拆开再发。",
    "file_type": f"这种文件收不了。能收{ACCEPTED}；也可以截图后再发。",
    "file_broken": f"这个文件打不开，可能没传完整，也可能损坏了。请重新截图或导出后再发，能收{ACCEPTED}。",
    "file_pixels": f"这张图的尺寸太大了，最多 {{limit}} 万像素。截图或缩小后再发就行，能收{ACCEPTED}。",
    "file_pages": f"这份 PDF 页数太多，最多 {{limit}} 页。请只留有关的几页，或者截图再发，能收{ACCEPTED}。",
    "file_locked": f"这份 PDF 加了密码，打不开。请去掉密码，或者截图再发，能收{ACCEPTED}。",
}


def refused(code: Code, limit: int = 0) -> BadInput:
    """The error to raise. `limit` is in the unit of its sentence: MB, ten thousand pixels, pages."""
    return BadInput(SENTENCES[code].format(limit=limit), code=code)
