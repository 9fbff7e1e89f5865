"""Doing what a callback asks for: a turn of the conversation, or what follows from an event."""

from dataclasses import dataclass, replace
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool

from api import uploads
from api.incoming import File, Incoming
from api.turns import Turns
from api.wechat import media, menu
from api.wechat.client import Client
from api.wechat.inbound import Inbound, Kind, read
from cases.callbacks import service as callbacks
from cases.database import reading, transaction
from cases.dialogue import greeting
from cases.dialogue.topics import joining
from cases.errors import TuikuanError
from cases.knowledge import knowledge
from cases.models import Callback, Person
from cases.outbox import reach
from cases.outbox import repository as outbox
from cases.outbox.reach import WECHAT
from cases.people import erasing, leaving
from cases.settings import settings

PAGE_SAID = ("网页", "網頁", "打开网页")
MORE_SAID = ("继续", "繼續", "继续看")


@dataclass(frozen=True, slots=True)
class Job:
    """A callback to work on."""

    callback_id: int
    key: str
    person_id: int
    inbound: Inbound


class Handling:
    """Works on callbacks that are held."""

    def __init__(self, turns: Turns, client: Client | None, heavy: CapacityLimiter) -> None:
        self._turns = turns
        self._client = client
        self._heavy = heavy

    async def handle(self, callback_id: int) -> None:
        """Do it, once; raises what a passing fault raises, and then it is not done."""
        job = await run_in_threadpool(_job, callback_id)
        if job is None:
            return
        effects = {
            Kind.TEXT: self._text,
            Kind.CHOICE: self._tap,
            Kind.PICTURE: self._picture,
            Kind.UNREADABLE: self._unreadable,
            Kind.SCANNED: self._scanned,
            Kind.MENU: self._menu,
        }
        if job.inbound.kind in effects:
            await effects[job.inbound.kind](job)
        elif job.inbound.kind is Kind.LEFT:
            await run_in_threadpool(_left, job)
        else:
            await run_in_threadpool(_settle, job)
            if job.inbound.kind is Kind.FOLLOWED and _joins(job):
                await self._say(job, _joining(job))

    async def _text(self, job: Job) -> None:
        text = job.inbound.text.strip()
        if text in PAGE_SAID:
            await self._turn(_incoming(job, text, reply=_page()))
        elif text in MORE_SAID and await run_in_threadpool(_has_more, job.person_id):
            await run_in_threadpool(_settle, job)
        else:
            await self._say(job, job.inbound.text)

    async def _say(self, job: Job, text: str) -> None:
        await self._turn(_incoming(job, text))

    async def _tap(self, job: Job) -> None:
        await self._turn(replace(_incoming(job, ""), choice=job.inbound.text))

    async def _picture(self, job: Job) -> None:
        try:
            content = await media.fetch(self._client, job.inbound.media_id, job.inbound.pic_url)
            keep = partial(uploads.store, job.person_id, content)
            stored = await to_thread.run_sync(keep, limiter=self._heavy)
        except TuikuanError as error:
            await self._turn(_incoming(job, "[图片]", reply=error.message))
            return
        await self._turn(replace(_incoming(job, ""), file=File(stored, "微信图片")))

    async def _unreadable(self, job: Job) -> None:
        await self._turn(_incoming(job, job.inbound.said, reply=knowledge().wording[f"wechat_{job.inbound.text}"]))

    async def _scanned(self, job: Job) -> None:
        if _joins(job):
            await self._say(job, _joining(job))
        else:
            await run_in_threadpool(_settle, job)

    async def _menu(self, job: Job) -> None:
        said = menu.said(job.inbound.text)
        if said is None:
            await run_in_threadpool(_settle, job)
        else:
            await self._text(replace(job, inbound=replace(job.inbound, text=said)))

    async def _turn(self, incoming: Incoming) -> None:
        """What cannot be taken is answered with why."""
        try:
            await self._turns.finish(incoming)
        except TuikuanError as error:
            text = incoming.text[: settings().message_max_chars]
            refused = replace(incoming, text=text or "[选项]", choice=None, file=None, reply=error.message)
            await self._turns.finish(refused)


def _job(callback_id: int) -> Job | None:
    with reading() as session:
        callback = session.get(Callback, callback_id)
        if callback is None or callback.done_at is not None:
            return None
        inbound = read(callback.fields)
        person = session.get(Person, callback.person_id) if callback.person_id is not None else None
        if person is None:
            return None
        return Job(callback.id, callback.key_hash, person.id, inbound)


def _incoming(job: Job, text: str, reply: str | None = None) -> Incoming:
    return Incoming(
        channel=WECHAT, person_id=job.person_id, key=job.key, text=text, reply=reply, callback_id=job.callback_id
    )


def _left(job: Job) -> None:
    """The platform's rule: who unfollows is forgotten."""
    with transaction() as session:
        originals = leaving.leave(session, session.get_one(Person, job.person_id), WECHAT)
    with reading() as session:
        erasing.remove_files(session, originals)


def _settle(job: Job) -> None:
    """What is no turn of the conversation."""
    with transaction() as session:
        callback = session.get_one(Callback, job.callback_id)
        callbacks.finish(callback)
        if job.inbound.kind is Kind.FOLLOWED:
            greeting(session, session.get_one(Person, job.person_id), WECHAT, answers=callback)
        elif job.inbound.kind is Kind.AGREED:
            reach.agreed(session.get_one(Person, job.person_id), job.inbound.count)


def _has_more(person_id: int) -> bool:
    with reading() as session:
        return bool(outbox.unsent(session, person_id))


def _joins(job: Job) -> bool:
    """Whether a scanned QR code holds the code of the person's other door."""
    return bool(job.inbound.text) and joining.is_asked(_joining(job))


def _joining(job: Job) -> str:
    return f"绑定 {job.inbound.text}"


def _page() -> str:
    """The link itself is put in when it is sent: the transcript opens nothing."""
    return knowledge().wording["wechat_page" if settings().public_url else "wechat_no_page"]
