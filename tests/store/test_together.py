"""Marks and claims of one moment share a commit: what each may count on, and what fails with it."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import NoReturn

import pytest
from sqlalchemy import Connection, bindparam, delete, func, select
from sqlalchemy.exc import StatementError

from bot.alerts.parcels import judge
from bot.alerts.ports import Claimed
from bot.faults import StoreUnavailableError
from bot.store.tables import deliveries
from bot.store.together import Row, Together
from tests.alerts.stage import Stage
from tests.alerts.world import GRAPH, onset
from tests.store.looking import rows

JUDGE = partial(judge, graph=GRAPH)
NOBODY: frozenset[int] = frozenset()
DELETE = delete(deliveries).where(deliveries.c.id == bindparam("row"))


async def down(play: Stage, chats: int) -> list[list[Row]]:
    """So many chats are to be told; gives the row of each."""
    for chat_id in range(1, chats + 1):
        await play.follow(chat_id, "eid")
    await play.happens(onset("eid", play.now))
    return [[{"row": row}] for row in await rows(play.database, "id")]


async def claim(play: Stage, limit: int) -> Claimed:
    """As the sender claims."""
    return await play.outbox.claim(limit, play.now, JUDGE, NOBODY)


def left(connection: Connection) -> int:
    """How many rows there are."""
    return connection.execute(select(func.count()).select_from(deliveries)).scalar_one()


def breaks(_: Connection) -> NoReturn:
    """A fault of ours."""
    raise ZeroDivisionError


def commits(play: Stage) -> list[Callable[[Connection], object]]:
    """What is begun from now on, one entry for each transaction."""
    begun: list[Callable[[Connection], object]] = []
    real = play.database.at_once

    async def counted(work: Callable[[Connection], object]) -> object:
        begun.append(work)
        return await real(work)

    play.database.at_once = counted  # type: ignore[method-assign,assignment]
    return begun


def meanwhile(play: Stage, *others: Coroutine[object, object, None]) -> list[asyncio.Task[None]]:
    """These come while the next transaction is under way."""
    come: list[asyncio.Task[None]] = []
    real = play.database.at_once

    async def joined(work: Callable[[Connection], object]) -> object:
        play.database.at_once = real  # type: ignore[method-assign]
        try:
            return await real(work)
        finally:
            come.extend(asyncio.create_task(each) for each in others)
            await asyncio.sleep(0)

    play.database.at_once = joined  # type: ignore[method-assign,assignment]
    return come


async def test_answers_of_one_moment_and_the_next_claim_share_a_commit(play: Stage) -> None:
    """What is claimed then counts on the places that the marks of this commit make free."""
    await down(play, 20)
    claimed = await claim(play, 8)
    begun = commits(play)
    marks = [
        asyncio.create_task(play.outbox.mark_sent(made, 1, play.now)) for made in claimed.parcels
    ]
    await asyncio.sleep(0)
    assert play.outbox.marking == 8
    following = await claim(play, 8)
    await asyncio.gather(*marks)
    states = sorted(await rows(play.database, "state"))
    assert states == ["pending"] * 4 + ["sending"] * 8 + ["sent"] * 8
    assert (len(following.parcels), len(begun), play.outbox.marking) == (8, 1, 0)


async def test_work_sees_the_rows_of_who_came_before_it(play: Stage) -> None:
    """Of this moment, and of none that came later."""
    mine = await down(play, 5)
    together = Together(play.database, DELETE)
    _, _, found = await asyncio.gather(together(mine[0]), together(mine[1]), together.after(left))
    assert found == 3


async def test_where_the_store_fails_work_fails_with_what_it_counts_on(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that waits for a commit which fails is not done after it: its places are not free."""
    mine = await down(play, 2)
    together, fails = Together(play.database, DELETE), asyncio.Event()
    real = play.database.at_once

    async def full(work: Callable[[Connection], object]) -> NoReturn:
        await fails.wait()
        raise StoreUnavailableError("disk full")

    monkeypatch.setattr(play.database, "at_once", full)
    mark = asyncio.create_task(together(mine[0]))
    await asyncio.sleep(0.01)
    work = asyncio.create_task(together.after(left))
    await asyncio.sleep(0.01)
    fails.set()
    results = await asyncio.gather(mark, work, return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailableError] * 2
    assert together.unmarked == 0
    monkeypatch.setattr(play.database, "at_once", real)
    await together(mine[0])
    assert await together.after(left) == 1


async def test_a_fault_in_work_undoes_no_row_beside_it(play: Stage) -> None:
    """The rows go alone then; who asked for the work hears of the fault."""
    mine = await down(play, 3)
    together = Together(play.database, DELETE)
    results = await asyncio.gather(
        together(mine[0]), together.after(breaks), together(mine[1]), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), ZeroDivisionError, type(None)]
    assert (await together.after(left), together.unmarked) == (1, 0)


async def test_a_fault_in_work_holds_up_nobody_who_came_meanwhile(play: Stage) -> None:
    """What waits for the next commit goes with the rows that the fault undid."""
    mine = await down(play, 3)
    together = Together(play.database, DELETE)
    late = meanwhile(play, together(mine[1]), together(mine[2]))
    first = asyncio.create_task(together(mine[0]))
    with pytest.raises(ZeroDivisionError):
        await together.after(breaks)
    assert together.unmarked == 3
    await asyncio.gather(first, *late)
    assert (await together.after(left), together.unmarked) == (0, 0)


async def test_who_waits_is_counted_until_its_own_commit(play: Stage) -> None:
    """Of three who bring rows, two came while the first was written."""
    mine = await down(play, 3)
    together = Together(play.database, DELETE)
    late = meanwhile(play, together(mine[1]), together(mine[2]))
    await together(mine[0])
    assert together.unmarked == 2
    await asyncio.gather(*late)
    assert together.unmarked == 0


@pytest.mark.parametrize("error", [StoreUnavailableError(), RuntimeError()], ids=repr)
async def test_what_fails_before_anything_is_taken_is_told_to_all(
    play: Stage, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Nobody is left waiting for a store that cannot even begin, whatever it says of that."""
    mine = await down(play, 2)
    together = Together(play.database, DELETE)
    await together(mine[0])

    async def away(work: Callable[[Connection], object]) -> NoReturn:
        raise error

    monkeypatch.setattr(play.database, "at_once", away)
    results = await asyncio.gather(together(mine[1]), together.after(left), return_exceptions=True)
    assert [*results] == [error, error]
    assert together.unmarked == 0


async def test_who_waits_is_stopped_with_what_carries_it_out(
    play: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It hears neither of success nor of a fault; who comes afterwards is served."""
    mine = await down(play, 2)
    together = Together(play.database, DELETE)

    async def never(work: Callable[[Connection], object]) -> None:
        await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(play.database, "at_once", never)
        waiting = [asyncio.create_task(together(mine[0]))]
        waiting.append(asyncio.create_task(together.after(left)))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        assert together._leader
        await asyncio.sleep(0)  # it begins
        together._leader.cancel()
        await asyncio.wait(waiting)
    assert [task.cancelled() for task in waiting] == [True, True]
    assert together.unmarked == 0
    await together(mine[1])


async def test_rows_that_share_a_commit_share_its_fault(play: Stage) -> None:
    """One that fails, all fail, and nothing of them is kept."""
    mine = await down(play, 3)
    together = Together(play.database, DELETE)
    results = await asyncio.gather(
        together(mine[0]), together([{"no": "row"}]), return_exceptions=True
    )
    assert all(isinstance(result, StatementError) for result in results)
    assert (await together.after(left), together.unmarked) == (3, 0)


async def test_who_came_meanwhile_shares_no_fault(play: Stage) -> None:
    """Its rows are of the next commit."""
    mine = await down(play, 2)
    together = Together(play.database, DELETE)
    late = meanwhile(play, together(mine[0]))
    with pytest.raises(StatementError):
        await together([{"no": "row"}])
    await asyncio.gather(*late)
    assert (await together.after(left), together.unmarked) == (1, 0)


async def test_who_is_told_of_a_commit_can_join_the_next(play: Stage) -> None:
    """What each of them brings at once then goes together, with what came meanwhile."""
    mine = await down(play, 5)
    together = Together(play.database, DELETE)
    begun = commits(play)
    late = meanwhile(play, together(mine[4]))

    async def one_by_one(*brought: list[Row]) -> None:
        for each in brought:
            await together(each)

    await asyncio.gather(one_by_one(*mine[:2]), one_by_one(*mine[2:4]))
    await asyncio.gather(*late)
    assert len(begun) == 2


async def test_who_no_longer_waits_holds_up_nobody(play: Stage) -> None:
    """Its rows are carried out all the same."""
    mine = await down(play, 2)
    together = Together(play.database, DELETE)
    gone = asyncio.create_task(together(mine[0]))
    await asyncio.sleep(0)
    gone.cancel()
    await together(mine[1])
    assert (await together.after(left), together.unmarked) == (0, 0)
