"""A change on the board -> rows of the outbox: policy and the store's transaction, joined."""

from collections.abc import Callable
from datetime import datetime

from bot.alerts.counters import ROWS_WRITTEN
from bot.alerts.graph import Graph
from bot.alerts.policy import plan
from bot.alerts.ports import Hand, Outbox, Recorded
from bot.alerts.rulings import OpenIncident, Ruling
from bot.status.model import Change, Confirmed


class Fanout:
    """What `bot.status.watcher` hands its changes to.

    Args:
        outbox: where rows are written.
        graph: who follows what.
        wake: called after each commit, so that the first ping leaves at once.
    """

    def __init__(self, outbox: Outbox, graph: Graph, wake: Callable[[], None]) -> None:
        self._outbox = outbox
        self._graph = graph
        self._wake = wake

    async def record(
        self, changes: tuple[Change, ...], confirmed: tuple[Confirmed, ...], at: datetime
    ) -> None:
        """Writes history, incidents, events and a row for each chat, in one transaction."""
        await self._write(changes, confirmed, at, None)

    async def announce(self, change: Change, at: datetime, by: Hand) -> Recorded:
        """The same for a change that the team makes by hand; its pings say so, and it is kept."""
        return await self._write((change,), (), at, by)

    async def _write(
        self,
        changes: tuple[Change, ...],
        confirmed: tuple[Confirmed, ...],
        at: datetime,
        by: Hand | None,
    ) -> Recorded:
        def decide(incidents: tuple[OpenIncident, ...]) -> tuple[Ruling, ...]:
            return plan(changes, incidents, self._graph, announced=by is not None)

        recorded = await self._outbox.record(decide, confirmed, at, by)
        ROWS_WRITTEN.inc(recorded.rows)
        self._wake()
        return recorded
