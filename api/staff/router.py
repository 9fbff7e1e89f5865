"""All of `/staff`, behind one guard: a slice that is included here is closed unless `access` opens it.

Each slice is `router = APIRouter(route_class=Page)` (`api/staff/page.py`), its paths relative to `/staff`.
"""

from fastapi import APIRouter, Depends

from api.staff.access import guard
from api.staff.account import router as account
from api.staff.audit import router as audit
from api.staff.case import router as case
from api.staff.events import router as events
from api.staff.exports import router as exports
from api.staff.inbox import router as inbox
from api.staff.numbers import router as numbers
from api.staff.review import router as review
from api.staff.setting_up import router as setting_up
from api.staff.sign_in import router as sign_in
from api.staff.takeover import router as takeover
from api.staff.teaching import router as teaching
from api.staff.team import router as team

router = APIRouter(prefix="/staff", tags=["staff"], dependencies=[Depends(guard)])

for part in (
    inbox,
    events,
    case,
    takeover,
    review,
    teaching,
    numbers,
    exports,
    sign_in,
    setting_up,
    account,
    team,
    audit,
):
    router.include_router(part)
