"""`replay`: a recorded timeline through the real watcher and fan-out, at speed."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.alerts.composing import compose
from bot.alerts.fanout import Fanout
from bot.alerts.graph import Graph
from bot.alerts.parcels import Parcel, judge
from bot.faults import OperatorError, WrongUsageError
from bot.preferences import ALL_SERVICES, Preferences
from bot.settings import Settings
from bot.status.hysteresis import Thresholds
from bot.status.model import Change, Confirmed
from bot.status.replay import Pinged, Record, differences, knowledge_of, replay
from bot.status.timeline import Timeline, TimelineError, load
from bot.store.chats import SqlChats
from bot.store.database import Database, open_database
from bot.store.outbox import SqlOutbox

_CHAT = 1
_MOST = 8


async def print_replay(settings: Settings, file: Path) -> int:
    """Prints what happened. Exit code 1 where the timeline says that it should go otherwise."""
    try:
        timeline = load(file)
        records = await play(timeline, file.parent, Thresholds.of(settings), _say)
    except TimelineError as error:
        raise OperatorError(str(error)) from None
    except OSError as error:
        raise WrongUsageError(f"{error.filename or file}: {error.strerror}") from None
    wrong = differences(timeline, records)
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


async def play(
    timeline: Timeline, folder: Path, thresholds: Thresholds, say: Callable[[str], None]
) -> list[Record]:
    """Plays it with one subscriber of every service, on a store that is thrown away."""
    with TemporaryDirectory() as scratch:
        place = Path(scratch)
        database = await open_database(f"sqlite+aiosqlite:///{place / 'replay.sqlite3'}", place)
        try:
            everybody = Everybody(database, Graph(knowledge_of(timeline)), thresholds)
            await everybody.subscribe(timeline.start)
            return await replay(
                timeline, folder=folder, thresholds=thresholds, subscriber=everybody, say=say
            )
        finally:
            await database.close()


class Everybody:
    """One chat that follows every service: what the real fan-out, outbox and judgement tell it."""

    def __init__(self, database: Database, graph: Graph, thresholds: Thresholds) -> None:
        group = timedelta(seconds=thresholds.group_seconds)
        self._database, self._graph = database, graph
        self._outbox = SqlOutbox(database, group=group)
        self._fanout = Fanout(self._outbox, graph, lambda: None)
        self._judge = partial(judge, graph=graph)
        self._told, self._messages = False, 0

    async def subscribe(self, at: datetime) -> None:
        """Before anything happens."""
        chats = SqlChats(self._database, lambda: at)
        await chats.save(Preferences(_CHAT, services=frozenset({ALL_SERVICES})))

    async def record(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """See `bot.status.replay.Subscriber`."""
        self._told = self._told or bool(changes)
        await self._fanout.record(changes, confirmed, at)

    async def pings(self, now: datetime) -> tuple[Pinged, ...]:
        """See `bot.status.replay.Subscriber`. Each message arrives at once."""
        found: list[Pinged] = []
        while self._told and (await self._outbox.due(now)).pending:
            claimed = await self._outbox.claim(_MOST, now, self._judge, frozenset())
            for parcel in claimed.parcels:
                found.append(self._ping(parcel, now))
                await self._outbox.mark_sent(parcel, self._message(parcel), now)
        return tuple(found)

    def _ping(self, parcel: Parcel, now: datetime) -> Pinged:
        kind = parcel.kind.value if parcel.edit is None else "edit"
        affected = compose(parcel, self._graph).affected
        return Pinged(now, kind, ", ".join(one.service for one in affected))

    def _message(self, parcel: Parcel) -> int:
        self._messages += parcel.edit is None
        return parcel.edit or self._messages


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
