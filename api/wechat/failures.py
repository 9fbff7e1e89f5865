"""What the platform refuses with, and what is to be done about each: its error codes as a table.

Source: the platform's 全局返回码 and the pages of the calls that we make.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from cases.errors import TuikuanError


class Action(StrEnum):
    """What to do about a refusal."""

    RETRY = "retry"
    """It was not done, and may be asked for again in a while."""
    TOKEN = "token"  # noqa: S105  # the name of what is wrong, not one
    """The access token is not good; `Client` has tried another already."""
    STOP_PERSON = "stop_person"
    """This person does not hear us: send them nothing more until they write."""
    OUTSIDE_WINDOW = "outside_window"
    """The person has not written for 48 hours: keep it for their next message."""
    QUOTA_USED = "quota_used"
    """As many messages as one of theirs allows: keep it for their next message."""
    NOT_GRANTED = "not_granted"
    """An account of this kind may not do this."""
    NOT_SUBSCRIBED = "not_subscribed"
    """The person has agreed to no further notice."""
    SPLIT = "split"
    """Too long: send it in parts."""
    ALARM = "alarm"
    """Somebody has to look: a setting, the account, or something we do not know."""
    WAIT_MINUTE = "wait_minute"
    """Too many calls in this minute."""
    UNTIL_TOMORROW = "until_tomorrow"
    """Too many calls today."""
    ASK_AGAIN = "ask_again"
    """The file is gone: ask the person to send it again."""
    BUG = "bug"
    """We have sent what nobody should."""
    IGNORE = "ignore"
    """Nothing is lost by it."""
    UNSURE = "unsure"
    """It may have been done: asking again might do it twice."""


class Failure(NamedTuple):
    """What a code means, in English for whoever runs the service, and what to do about it."""

    action: Action
    meaning: str


NO_MENU = 46003
WRONG_SECRET = 40125
NOT_ON_ALLOW_LIST = 40164

FAILURES: dict[int, Failure] = {
    -1: Failure(Action.RETRY, "the platform is busy"),
    40001: Failure(Action.TOKEN, "the access token is wrong"),
    40014: Failure(Action.TOKEN, "the access token is malformed"),
    42001: Failure(Action.TOKEN, "the access token has expired"),
    40003: Failure(Action.STOP_PERSON, "the account knows nobody by this openid"),
    43004: Failure(Action.STOP_PERSON, "the person does not follow the account"),
    43019: Failure(Action.STOP_PERSON, "the person is on the account's blocklist (黑名单)"),
    45015: Failure(Action.OUTSIDE_WINDOW, "the person has not written for 48 hours, or has unfollowed"),
    45047: Failure(Action.QUOTA_USED, "all messages that one message of the person allows were sent"),
    40200: Failure(Action.NOT_GRANTED, "an account of this kind cannot do this"),
    48001: Failure(Action.NOT_GRANTED, "the account has no right to this interface (接口权限)"),
    43101: Failure(Action.NOT_SUBSCRIBED, "the person has agreed to no (further) 订阅通知"),
    45002: Failure(Action.SPLIT, "the text has more than 2048 bytes"),
    40013: Failure(Action.ALARM, "TUIKUAN_WECHAT__APP_ID is wrong"),
    WRONG_SECRET: Failure(Action.ALARM, "TUIKUAN_WECHAT__APP_SECRET is wrong"),
    NOT_ON_ALLOW_LIST: Failure(Action.ALARM, "this machine is not on the account's IP 白名单"),
    40243: Failure(Action.ALARM, "the AppSecret is frozen: thaw it in the console"),
    40037: Failure(Action.ALARM, "there is no such template: TUIKUAN_WECHAT__TEMPLATE_ID or __SUBSCRIPTION_ID"),
    47003: Failure(Action.ALARM, "TUIKUAN_WECHAT__REMINDER_FIELDS does not fit the template"),
    48004: Failure(Action.ALARM, "the platform has closed this interface to the account"),
    50002: Failure(Action.ALARM, "the account is restricted"),
    45011: Failure(Action.WAIT_MINUTE, "too many calls in one minute"),
    45009: Failure(Action.UNTIL_TOMORROW, "the calls of this day are used up"),
    40007: Failure(Action.ASK_AGAIN, "the file is gone, or never was"),
    40033: Failure(Action.BUG, r"the text was escaped as \uXXXX"),
    45008: Failure(Action.BUG, "more than one article"),
    NO_MENU: Failure(Action.IGNORE, "the account has no menu"),
}
UNKNOWN = Failure(Action.ALARM, "the platform refuses")


class PlatformError(TuikuanError):
    """The platform did not do what it was asked to. `errcode` is its own, if it answered.

    No token, secret, openid or URL is in it, so that it may be logged.
    """

    code = "platform"

    def __init__(self, action: Action, message: str, *, errcode: int | None = None) -> None:
        super().__init__(message)
        self.action = action
        self.errcode = errcode


class Unsure(PlatformError):
    """The request went out and no answer came: it may have been done."""

    def __init__(self, message: str) -> None:
        super().__init__(Action.UNSURE, message)


def refusal(errcode: int, errmsg: str = "") -> PlatformError:
    """The error that a code stands for. Of the platform's own words only our address is repeated."""
    action, meaning = FAILURES.get(errcode, UNKNOWN)
    address = re.search(r"\d+\.\d+\.\d+\.\d+", errmsg) if errcode == NOT_ON_ALLOW_LIST else None
    where = f" ({address[0]})" if address else ""
    return PlatformError(action, f"{meaning}{where} [{errcode}]", errcode=errcode)
