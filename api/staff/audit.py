"""Who did and read what, for leads."""

from datetime import date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.staff import pages
from api.staff.access import StaffDep, needs
from api.staff.page import Page
from cases.audit import repository
from cases.audit.repository import Filter
from cases.clock import SHANGHAI
from cases.database import reading
from cases.errors import BadInput
from cases.models import Role
from cases.staff import repository as team

AUDIT = "/staff/audit"
PAGE = 50
MAX_ID = 2**31 - 1
# What is not named here is shown by its key.
ACTIONS = {
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "second_factor_wrong": "验证码不对",
    "sign_out": "退出登录",
    "enrol": "绑定验证器",
    "renew_recovery": "换恢复码",
    "change_password": "换密码",
    "add_staff": "加入团队",
    "reset_staff": "重置账号",
    "set_role": "改角色",
    "disable_staff": "停用账号",
    "enable_staff": "恢复账号",
    "end_session": "结束一个登录",
    "end_sessions": "结束全部登录",
    "read_case": "看案子",
    "read_file": "看文件",
    "read_transcript": "看对话",
    "unmask": "显示隐去的内容",
    "search": "搜索",
    "export": "导出",
    "take_over": "接管",
    "say": "回复",
    "hand_back": "交回",
    "note": "写备注",
    "label": "改标签",
    "assign": "改负责人",
    "accept_evidence": "接受证据",
    "refuse_evidence": "退回证据",
    "file_evidence": "归类文件",
    "edit_fact": "改事实",
    "teach": "纠正理解",
    "erase_person": "清除个人资料",
}

router = APIRouter(route_class=Page)

Word = Annotated[str, Query(max_length=100)]


@router.get("/audit", dependencies=[needs(Role.LEAD)])
def show(
    request: Request,
    staff: StaffDep,
    who: Word = "",
    action: Word = "",
    subject: Word = "",
    day: Word = "",
    older_than: Annotated[int, Query(alias="after", ge=0, le=MAX_ID)] = MAX_ID,
) -> Response:
    """The newest lines; `after` a line come the older ones."""
    asked = {"who": who, "action": action, "subject": subject, "day": day}
    since = _start_of(day)
    wanted = Filter(who, action, subject.strip(), since, since + timedelta(days=1) if since else None)
    with reading() as session:
        lines = repository.lines(session, wanted, PAGE + 1, older_than)
        names = [(member.name, member.display_name) for member in team.everybody(session)]
        kinds = [(kind, ACTIONS.get(kind, kind)) for kind in repository.actions(session)]
    shown = lines[:PAGE]
    older = f"{AUDIT}?{urlencode({**asked, 'after': shown[-1][0].id})}" if len(lines) > PAGE else ""
    return pages.render(
        request, staff, "audit.html", asked=asked, lines=shown, names=names, kinds=kinds, actions=ACTIONS, older=older
    )


def _start_of(day: str) -> datetime | None:
    """Midnight in Shanghai; `None` for no day. Raises `BadInput`."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), SHANGHAI) if day else None
    except ValueError as error:
        raise BadInput("日期要写成 2026-11-22 这样。", code="day_malformed") from error
