"""One of several processes reads Telegram and the sources; the others take over when it falls."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from uuid import uuid4

from bot.clock import system_clock
from bot.faults import StoreUnavailableError
from bot.running import ended_by_itself
from bot.store.database import Database
from bot.store.lease import POLLER, Lease

log = logging.getLogger(__name__)

Tasks = tuple[asyncio.Task[None], ...]
Work = Callable[[], AbstractAsyncContextManager[Tasks]]
Acquire = Callable[[], Awaitable[bool]]

RENEW = 5.0
"""Seconds between two renewals: a third of how long the lease holds."""
ANSWER = 5.0
"""Seconds that a renewal may take: who waits longer might go on after the lease has run out."""
RETRY = 5.0
"""Seconds between two tries to lead: whoever falls is followed after a lease and this, at most."""


async def alone() -> bool:
    """On SQLite one process runs, so it always leads."""
    return True


@contextlib.asynccontextmanager
async def candidacy(database: Database) -> AsyncIterator[Lease | None]:
    """Where several processes share a database, what decides who leads; at its end, another may."""
    lease = Lease(database, POLLER, uuid4().hex) if database.shared else None
    try:
        yield lease
    finally:
        if lease is not None:
            with contextlib.suppress(StoreUnavailableError):
                await lease.release(system_clock())


def acquire_of(lease: Lease | None) -> Acquire:
    """Alone, a process always leads."""
    if lease is None:
        return alone

    async def acquire() -> bool:
        return await lease.acquire(system_clock()) is not None

    return acquire


async def lead(acquire: Acquire, work: Work, *, renew: float = RENEW, retry: float = RETRY) -> None:
    """Works while this process holds the lease, until cancelled; raises what the work ended with.

    `acquire`: takes or renews the lease. `work`: what only one process may do, as tasks in a block.
    A store that fails under the work ends the term, not the process.
    """
    while True:
        if await _acquired(acquire):
            try:
                async with work() as tasks:
                    await _until_lost(acquire, tasks, renew)
            except StoreUnavailableError as error:
                log.warning("the store failed under the work: %s", error)
            log.warning("this process leads no longer")
        await asyncio.sleep(retry)


async def _until_lost(acquire: Acquire, tasks: Tasks, renew: float) -> None:
    while await _acquired(acquire):
        done, _ = await asyncio.wait(tasks, timeout=renew)
        for task in done:
            ended_by_itself(task)


async def _acquired(acquire: Acquire) -> bool:
    """A store that cannot be asked may have given the lease to another: then we do not lead."""
    try:
        async with asyncio.timeout(ANSWER):
            return await acquire()
    except (StoreUnavailableError, TimeoutError) as error:
        log.warning("the lease could not be renewed: %s", str(error) or type(error).__name__)
        return False


@contextlib.asynccontextmanager
async def together(
    *blocks: AbstractAsyncContextManager[asyncio.Task[None] | None],
) -> AsyncIterator[Tasks]:
    """Enters blocks in order; gives the tasks among what they give."""
    async with contextlib.AsyncExitStack() as stack:
        given = [await stack.enter_async_context(block) for block in blocks]
        yield tuple(task for task in given if task is not None)
