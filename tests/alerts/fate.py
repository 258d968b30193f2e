"""What may happen to three chats, in any order: hypothesis decides."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import text

from bot.alerts.errors import RetryError, SendError, UncertainError
from bot.alerts.model import Outgoing
from bot.alerts.quiet import quiet_until
from bot.status.model import Change, ChangeKind
from tests.alerts.stage import QUIET, Stage, stage
from tests.alerts.world import Seen, change, onset, resolved, worsened

EVERYONE = (1, 2, -3)
PEOPLE = st.sampled_from(EVERYONE)
QUIETS = st.sampled_from([None, "22-7"])
NAMES = st.sampled_from(["platform", "sts", "recip-e", "eid"])
LAST = "vitalink"
"""Everyone who follows anything follows this too; it fails only at the end of a story."""


def _detail(name: str, at: datetime) -> Change:
    return change(ChangeKind.UPDATE, name, at)


def _flaps(name: str, at: datetime) -> Change:
    return change(ChangeKind.UNSTABLE, name, at)


def _code(seen: Seen) -> str:
    return seen.text.split(" ")[1]


def _stem(code: str) -> str:
    """The incident of a code, without the version of what was told of it."""
    return code.rpartition("-")[0]


class Fate(RuleBasedStateMachine):
    """Policy, sender and store on one SQLite file, and what a reader of chats would remember."""

    @initialize(
        hour=st.sampled_from([0, 9, 14]),
        names=st.sets(NAMES, min_size=2),
        quiets=st.tuples(QUIETS, QUIETS, QUIETS),
    )
    def begin(self, hour: int, names: set[str], quiets: tuple[str | None, ...]) -> None:
        """Three chats follow the same; it is noon, nine in the evening or two at night."""
        self.runner = asyncio.Runner()
        self.open = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.play: Stage = self.runner.run(
            self.open.enter_async_context(stage(Path(self.folder.name)))
        )
        self.down: set[str] = set()
        self.detours: set[str] = set()
        self.doubts = 0
        self.left: dict[int, int] = {}
        """How many messages a chat had when it left."""
        self.muted: dict[tuple[int, str], int] = {}
        """How many messages of an incident a chat had when it muted it."""
        self.asleep: dict[int, str | None] = {}
        self.on_duty: dict[int, datetime] = {}
        self.woken: list[tuple[int, datetime]] = []
        self._listen()
        self.play.now += timedelta(hours=hour)
        for chat_id, quiet in zip(EVERYONE, quiets, strict=True):
            self.subscribes(chat_id, names, quiet)

    def _listen(self) -> None:
        """Notes each message that is sent to someone who sleeps."""
        send = self.play.telegram.send

        async def noted(chat_id: int, outgoing: Outgoing, **how: Any) -> int:
            quiet, now = self.asleep.get(chat_id), self.play.now
            if quiet and quiet_until(QUIET[quiet], self.on_duty.get(chat_id), now):
                self.woken.append((chat_id, now))
            return await send(chat_id, outgoing, **how)

        self.play.telegram.send = noted  # type: ignore[method-assign]

    def teardown(self) -> None:
        self.runner.run(self.open.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(chat_id=PEOPLE, names=st.sets(NAMES, min_size=1), quiet=QUIETS)
    def subscribes(self, chat_id: int, names: set[str], quiet: str | None) -> None:
        self.runner.run(self.play.follow(chat_id, *names, LAST, quiet=quiet))
        self.left.pop(chat_id, None)
        self.asleep[chat_id] = quiet

    @rule(chat_id=PEOPLE)
    def unsubscribes(self, chat_id: int) -> None:
        self.runner.run(self.play.follow(chat_id))
        self._left(chat_id)

    @rule(chat_id=PEOPLE)
    def is_forgotten(self, chat_id: int) -> None:
        self.runner.run(self.play.chats.forget(chat_id))
        self._left(chat_id)
        self.on_duty.pop(chat_id, None)
        self.muted = {one: count for one, count in self.muted.items() if one[0] != chat_id}

    def _left(self, chat_id: int) -> None:
        self.left[chat_id] = len(self.seen(chat_id))
        self.asleep.pop(chat_id, None)

    def seen(self, chat_id: int) -> list[Seen]:
        return self.play.telegram.chats.get(chat_id, [])

    @rule(chat_id=PEOPLE, hours=st.sampled_from([1, 8]))
    def takes_night_duty(self, chat_id: int, hours: int) -> None:
        if chat_id in self.asleep:
            self.on_duty[chat_id] = self.play.now + timedelta(hours=hours)
            self.runner.run(self.play.chats.leave_quiet(chat_id, self.on_duty[chat_id]))

    @rule(name=NAMES, at_once=st.booleans())
    def fails(self, name: str, at_once: bool) -> None:
        if name not in self.down:
            self.down.add(name)
            self._happens(onset(name, self.play.now), at_once)

    @rule(name=NAMES, at_once=st.booleans())
    def recovers(self, name: str, at_once: bool) -> None:
        if name in self.down:
            self.down.discard(name)
            self._happens(resolved(name, self.play.now), at_once)

    def _happens(self, made: Change, at_once: bool) -> None:
        """Told at once, or left for what comes next: time, a kill, a mute."""
        self.runner.run(self.play.happens(made))
        if at_once:
            self.runner.run(self.play.settle())

    @precondition(lambda self: bool(self.down))
    @rule(name=NAMES, kind=st.sampled_from([worsened, _detail, _flaps]), at_once=st.booleans())
    def goes_on(self, name: str, kind: Any, at_once: bool) -> None:
        if name in self.down:
            self._happens(kind(name, self.play.now), at_once)

    @rule(name=NAMES)
    def changes_route(self, name: str) -> None:
        kind = ChangeKind.EMERGENCY_OFF if name in self.detours else ChangeKind.EMERGENCY_ON
        self.detours ^= {name}
        self._happens(change(kind, name, self.play.now), at_once=True)

    @rule(chat_id=PEOPLE, which=st.integers(0, 9))
    def mutes(self, chat_id: int, which: int) -> None:
        """One of the incidents that the chat was told of."""
        codes = [_code(one) for one in self.seen(chat_id)]
        if codes and chat_id not in self.left:
            code = codes[which % len(codes)]
            self.runner.run(self.play.chats.mute(chat_id, code))
            self.muted[chat_id, _stem(code)] = self.count(chat_id, _stem(code))

    def count(self, chat_id: int, stem: str) -> int:
        return sum(_stem(_code(one)) == stem for one in self.seen(chat_id))

    @rule(minutes=st.sampled_from([0.5, 6, 45, 300]))
    def time_passes(self, minutes: float) -> None:
        self.runner.run(self.play.passes(minutes=minutes, step=minutes * 30))

    @rule(error=st.sampled_from([RetryError(), UncertainError()]), count=st.integers(1, 4))
    def sends_fail(self, error: SendError, count: int) -> None:
        left = [count]

        def fault(_: int) -> SendError | None:
            left[0] -= 1
            return error if left[0] >= 0 else None

        self.play.telegram.fault = fault
        self.doubts += count * isinstance(error, UncertainError)
        self.time_passes(1)

    @rule()
    def restarts(self) -> None:
        """With nothing on its way."""
        self.play.begin()

    @rule(name=NAMES, sent=st.booleans())
    def is_killed(self, name: str, sent: bool) -> None:
        """In mid-send of a change: after the claim, before or after the message arrived."""
        step = self.recovers if name in self.down else self.fails
        step(name, at_once=False)
        self.runner.run(self._killed(sent=sent))

    async def _killed(self, *, sent: bool) -> None:
        play = self.play
        play.telegram.fault = lambda _: None
        await play.outbox.due(play.now)
        claimed = await play.outbox.claim(4, play.now, play.sender._judge, frozenset())
        for made in claimed.parcels:
            self.doubts += len(made.items)
            if sent:
                play.outbox.mark_sent = _never  # type: ignore[method-assign,assignment]
                await play.sender._courier.deliver(made)
        play.begin()

    async def query(self, sql: str) -> list[tuple[Any, ...]]:
        async with self.play.database.read() as connection:
            return [tuple(row) for row in await connection.execute(text(sql))]


async def _never(*_: object) -> None:
    """The process died before it could mark."""
