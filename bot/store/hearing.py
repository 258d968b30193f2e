"""What was not heard: the history says unknown for as long as nobody could know.

A source that cannot be read, or a bot that does not run, is no news and opens no incident; but
without a mark the last good state would fill the gap, and the past would be greener than it was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from bot.status.model import Board, ServiceStatus, State
from bot.status.source_view import UNKNOWN_AFTER
from bot.store.database import Database
from bot.store.history import Transition
from bot.store.tables import service_states, source_state, transitions


@dataclass(frozen=True)
class Heard:
    """What the store holds of one service. `at`: when its state was last known."""

    service: str
    state: State
    at: datetime
    source: str
    believed: State


class SqlHearing:
    """Keeps when each source was last of use, and writes the silences into the history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, board: Board) -> None:
        """To be called every minute. Raises StoreUnavailableError."""
        async with self._database.write() as connection:
            kept = {
                row.source: row.read_at for row in await connection.execute(select(source_state))
            }
            latest = select(func.max(transitions.c.id)).group_by(transitions.c.service)
            query = select(transitions, service_states.c.state.label("believed"))
            query = query.join(service_states, service_states.c.service == transitions.c.service)
            query = query.where(transitions.c.id.in_(latest))
            found = [
                Heard(
                    row.service,
                    State(row.current),
                    max(row.at, kept.get(row.source) or row.at),
                    row.source,
                    State(row.believed),
                )
                for row in await connection.execute(query)
            ]
            missing = [vars(one) for one in silences(found, board)]
            if missing:
                await connection.execute(insert(transitions), missing)
            for source in sources_heard(board.services.values()):
                row = self._database.insert(source_state).values(source=source, read_at=board.at)
                await connection.execute(
                    row.on_conflict_do_update(index_elements=["source"], set_={"read_at": board.at})
                )


def silences(heard: Iterable[Heard], board: Board) -> Iterator[Transition]:
    """Rows that the history lacks: into the unknown when it began, out of it now. Pure."""
    for last in heard:
        state = last.state
        if state is not State.UNKNOWN and board.at - last.at > UNKNOWN_AFTER:
            yield _row(last, state, State.UNKNOWN, last.at)
            state = State.UNKNOWN
        if state is State.UNKNOWN and _agree(last, board.services.get(last.service)):
            yield _row(last, State.UNKNOWN, last.believed, board.at)


def sources_heard(statuses: Iterable[ServiceStatus]) -> frozenset[str]:
    """The sources that some state on the board rests on."""
    return frozenset(
        status.source
        for status in statuses
        if status.source is not None and status.state is not State.UNKNOWN
    )


def _agree(last: Heard, now: ServiceStatus | None) -> bool:
    """Whether what is read is what is believed; where not, the tracker will soon tell."""
    if now is None or now.source is None or last.believed is State.UNKNOWN:
        return False
    return now.state is last.believed


def _row(last: Heard, previous: State, current: State, at: datetime) -> Transition:
    return Transition(last.service, previous, current, at, at, last.source)
