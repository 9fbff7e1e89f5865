"""What stands in the fields of a 模板消息 or 订阅通知, each as its type allows.

The type of a field is in its name, such as thing1 or time3. Source: the platform's 订阅通知参数值内容限制.
"""

import re
from datetime import date

from cases.settings import settings

MAX_CHARS = {"thing": 20, "character_string": 32, "name": 10, "phrase": 5}
END_OF_DAY = "23:59"


def fields(case_number: str, what: str, day: date) -> dict[str, str]:
    """The account's `reminder_fields` for one reminder: of which case, what is due, and until when."""
    values = {"case": case_number, "what": what}
    return {
        name: _day(name, day) if meaning == "day" else _fitted(name, values[meaning])
        for name, meaning in settings().wechat.reminder_fields.items()
    }


def _day(name: str, day: date) -> str:
    written = f"{day.year}年{day.month}月{day.day}日"
    return f"{written} {END_OF_DAY}" if _type(name) == "time" else written


def _fitted(name: str, value: str) -> str:
    """In one line, and no longer than it may be."""
    value, limit = " ".join(value.split()), MAX_CHARS.get(_type(name))
    return value if limit is None or len(value) <= limit else f"{value[: limit - 1]}…"


def _type(name: str) -> str:
    return re.sub(r"\d+$", "", name)
