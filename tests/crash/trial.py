"""Flips a source and harms the workers while pings go out; counts what was lost or came twice."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, update

from bot.clock import system_clock
from bot.status.model import State
from bot.store.database import open_database
from bot.store.tables import chats, deliveries, subscriptions
from tests.crash.crew import Crew
from tests.crash.harms import Harm, Stage, kill, kill_or_stand_still
from tests.crash.ledger import Result
from tests.crash.server import Server
from tests.store.servers import Postgres, postgres_server

CHATS = 300


@dataclass(frozen=True)
class Plan:
    """How often what is done, at most so often in one flip of the source, to so many workers."""

    times: int
    harm: Harm = kill
    a_flip: int = 5
    replicas: int = 1


def replicated(times: int, replicas: int) -> Plan:
    """Kills and standstills in turn; one each a flip, for what is left soon does all the work."""
    return Plan(times, kill_or_stand_still, a_flip=2, replicas=replicas)


async def on_sqlite(plan: Plan, folder: Path) -> Result:
    """A trial on a fresh file."""
    return await trial(plan, folder, f"sqlite+aiosqlite:///{folder / 'bis.sqlite3'}")


async def on_postgres(plan: Plan, folder: Path) -> Result:
    """A trial on a fresh server."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server(folder / "postgres"))
        return await trial(plan, folder, server.url, server)


async def trial(plan: Plan, folder: Path, url: str, postgres: Postgres | None = None) -> Result:
    """Outage after outage, until all harm is done."""
    await subscribe(url, folder)
    server = Server()
    async with server.listening():
        stage = Stage(server, Crew(url, folder, server.url, plan.replicas), postgres)
        try:
            while stage.done < plan.times:
                await let_a_day_pass(url, folder)
                for state in (State.MAJOR_OUTAGE, State.OPERATIONAL):
                    await _flip(stage, state, plan)
        finally:
            await stage.crew.kill_all()
    return result_of(stage, deadly=plan.harm is kill)


async def subscribe(url: str, folder: Path) -> None:
    """A chat for each of the first numbers, all of them following one service."""
    database = await open_database(url, folder)
    now, ids = system_clock(), range(1, CHATS + 1)
    people = [{"chat_id": one, "created_at": now, "seen_at": now} for one in ids]
    following = [{"chat_id": one, "service": "eid"} for one in ids]
    async with database.write() as connection:
        await connection.execute(insert(chats), people)
        await connection.execute(insert(subscriptions), following)
    await database.close()


async def let_a_day_pass(url: str, folder: Path) -> None:
    """What the chats heard is of yesterday: else the eleventh onset would wait for the morning."""
    database = await open_database(url, folder, exclusive=False)
    async with database.write() as connection:
        await connection.execute(update(deliveries).values(sounded=False))
    await database.close()


async def _flip(stage: Stage, state: State, plan: Plan) -> None:
    """Some harm in the middle of the pings, then a life long enough to finish them."""
    stage.server.state = state
    stage.wanted += CHATS
    for _ in range(min(plan.a_flip, plan.times - stage.done)):
        await plan.harm(stage)
        stage.done += 1
    await stage.finish()


def result_of(stage: Stage, *, deadly: bool) -> Result:
    """What the server saw of it."""
    ledger = stage.server.ledger
    return Result(
        harms=stage.done,
        due=stage.wanted,
        lost=stage.wanted - ledger.distinct,
        copies=ledger.copies,
        worst=max(ledger.copies_of_lives().values(), default=0),
        unsorted=ledger.unsorted(),
        most_in_flight=stage.server.most_in_flight,
        late_looks=stage.server.late_looks,
        doubly_led=stage.server.doubly_led(),
        deadly=deadly,
    )
