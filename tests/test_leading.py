"""One of several processes leads: a term ends with its lease or with the store, never both lead."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot import leading
from bot.faults import StoreUnavailableError
from bot.leading import Tasks, lead
from bot.running import in_background

WAIT = 0.01


class Desk:
    """Work for one process, and a lease on it that a test gives and takes."""

    def __init__(self) -> None:
        self.free = True
        self.broken: Exception | None = None
        self.silent = False
        self.fault: Exception | None = None
        self.terms = 0
        self.working = False

    async def acquire(self) -> bool:
        if self.broken is not None:
            raise self.broken
        if self.silent:
            await asyncio.Event().wait()
        return self.free

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Tasks]:
        self.terms, self.working = self.terms + 1, True
        try:
            async with in_background(self.write()) as task:
                yield (task,)
        finally:
            self.working = False

    async def write(self) -> None:
        """Ends with the fault that the test sets once, as a read of a lost database does."""
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        await asyncio.Event().wait()

    async def until(self, *, working: bool, terms: int) -> None:
        async with asyncio.timeout(10):
            while (self.working, self.terms) != (working, terms):  # noqa: ASYNC110 - the lead is tested
                await asyncio.sleep(WAIT)


async def test_a_term_ends_with_its_lease() -> None:
    """Nothing of it goes on; when the lease is free again, a new term begins."""
    desk = Desk()
    async with in_background(lead(desk.acquire, desk.work, renew=WAIT, retry=WAIT)):
        await desk.until(working=True, terms=1)
        desk.free = False
        await desk.until(working=False, terms=1)
        desk.free = True
        await desk.until(working=True, terms=2)


async def test_who_cannot_ask_does_not_lead() -> None:
    """Another may have got the lease while the database is away."""
    desk = Desk()
    async with in_background(lead(desk.acquire, desk.work, renew=WAIT, retry=WAIT)):
        await desk.until(working=True, terms=1)
        desk.broken = StoreUnavailableError("gone")
        await desk.until(working=False, terms=1)
        desk.broken = None
        await desk.until(working=True, terms=2)


async def test_who_gets_no_answer_in_time_does_not_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lease may have run out by then."""
    monkeypatch.setattr(leading, "ANSWER", WAIT)
    desk = Desk()
    async with in_background(lead(desk.acquire, desk.work, renew=WAIT, retry=WAIT)):
        await desk.until(working=True, terms=1)
        desk.silent = True
        await desk.until(working=False, terms=1)
        desk.silent = False
        await desk.until(working=True, terms=2)


async def test_a_store_that_fails_under_the_work_ends_the_term_alone() -> None:
    """The process lives through a restart of the database, wherever it comes."""
    desk = Desk()
    desk.fault = StoreUnavailableError("gone")
    async with in_background(lead(desk.acquire, desk.work, renew=WAIT, retry=WAIT)):
        await desk.until(working=True, terms=2)


async def test_a_fault_of_ours_ends_the_process() -> None:
    """It is not hidden by trying again: whoever supervises the process must see it."""
    desk = Desk()
    desk.fault = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        await lead(desk.acquire, desk.work, renew=WAIT, retry=WAIT)
