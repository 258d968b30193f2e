"""Any order of people's choices, outages, faults, kills and restarts keeps the rules."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import text

from bot.alerts.errors import RetryError, SendError, UncertainError
from tests.alerts.stage import Stage, stage
from tests.alerts.world import Seen, onset, resolved

PEOPLE = st.sampled_from([1, 2, -3])
NAMES = st.sampled_from(["platform", "sts", "recip-e", "eid"])
ENDS = {"resolved", "steady"}


class Alerts(RuleBasedStateMachine):
    """Policy, sender and store on one SQLite file, with hypothesis as fate."""

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.open = AsyncExitStack()
        self.folder = tempfile.TemporaryDirectory()
        self.play: Stage = self.runner.run(
            self.open.enter_async_context(stage(Path(self.folder.name)))
        )
        self.down: set[str] = set()
        self.doubts = 0
        self.left: dict[int, int] = {}
        """How many messages a chat had when it left."""

    def teardown(self) -> None:
        self.runner.run(self.open.aclose())
        self.runner.close()
        self.folder.cleanup()

    @rule(chat_id=PEOPLE, names=st.sets(NAMES, min_size=1), quiet=st.sampled_from([None, "22-7"]))
    def subscribes(self, chat_id: int, names: set[str], quiet: str | None) -> None:
        self.runner.run(self.play.follow(chat_id, *names, quiet=quiet))
        self.left.pop(chat_id, None)

    @rule(chat_id=PEOPLE, forgets=st.booleans())
    def leaves(self, chat_id: int, forgets: bool) -> None:
        step = self.play.chats.forget(chat_id) if forgets else self.play.follow(chat_id)
        self.runner.run(step)
        self.left[chat_id] = len(self.play.telegram.chats.get(chat_id, []))

    @rule(name=NAMES)
    def fails(self, name: str) -> None:
        if name not in self.down:
            self.down.add(name)
            self.runner.run(self.play.happens(onset(name, self.play.now)))

    @rule(name=NAMES)
    def recovers(self, name: str) -> None:
        if name in self.down:
            self.down.discard(name)
            self.runner.run(self.play.happens(resolved(name, self.play.now)))

    @rule(chat_id=PEOPLE, code=st.sampled_from(["EID-0001-1", "STS-0001-1"]))
    def mutes(self, chat_id: int, code: str) -> None:
        self.runner.run(self.play.chats.mute(chat_id, code))

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

    @precondition(lambda self: bool(self.down))
    @rule(sent=st.booleans())
    def is_killed(self, sent: bool) -> None:
        """In mid-send: after the claim, and before or after the message arrived."""
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

    @invariant()
    def who_left_hears_nothing(self) -> None:
        for chat_id, count in self.left.items():
            assert len(self.play.telegram.chats.get(chat_id, [])) == count

    @invariant()
    def no_end_without_beginning(self) -> None:
        for seen in self.play.telegram.chats.values():
            begun: set[str] = set()
            for one in seen:
                kind, _, _ = one.text.partition(" ")
                names = {part.split("=")[0] for part in one.text.split(" ")[2:]}
                begun |= set() if kind in ENDS else names
                assert kind not in ENDS or names <= begun | _edited(seen)

    @invariant()
    def no_copy_without_doubt(self) -> None:
        copies = 0
        for seen in self.play.telegram.chats.values():
            codes = [tuple(one.text.split(" ")[:2]) for one in seen]
            copies += len(codes) - len(set(codes))
        assert copies <= self.doubts

    @rule()
    def all_comes_to_an_end(self) -> None:
        """A day later nothing waits any more."""
        self.play.telegram.fault = lambda _: None
        self.runner.run(self.play.passes(hours=36, step=1800))
        assert self.runner.run(self._waiting()) == 0

    async def _waiting(self) -> int:
        states = "('pending', 'sending', 'retry', 'uncertain')"
        sql = f"SELECT count(*) FROM deliveries WHERE state IN {states}"  # noqa: S608 - our own
        async with self.play.database.read() as connection:
            return int((await connection.execute(text(sql))).scalar_one())


async def _never(*_: object) -> None:
    """The process died before it could mark."""


def _edited(seen: list[Seen]) -> set[str]:
    texts = [text for one in seen for text in one.edits]
    return {part.split("=")[0] for each in texts for part in each.split(" ")[2:]}


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
