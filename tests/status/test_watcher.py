"""The loop: real HTTP on loopback, or a far side that is played."""

import asyncio
import contextlib
import json
from typing import Any

from bot.status.fetched import Answer, RetryLaterError
from bot.status.fetching import Fetcher
from bot.status.hysteresis import Thresholds
from bot.status.model import Phase, State
from bot.status.unreadable import UnreadableError, UnreadableReason
from bot.status.watcher import Watcher
from tests.status.far_sides import answering, serving
from tests.status.samples import NOON, after, knowledge, service, source
from tests.status.stage import Desk, hands, page, rows


async def test_what_is_read_is_shown_at_once_and_told_when_it_is_believed() -> None:
    """From a baseline to an outage and back."""
    stage = hands(pages=page())
    watcher = stage.watcher()
    assert watcher.board().services["sts"].reason is UnreadableReason.NOT_YET_READ
    assert (await watcher.poll_once()).services["sts"].state is State.OPERATIONAL
    stage.far.bodies["pages"] = page("major_outage")
    assert (await watcher.poll_once()).services["sts"].state is State.MAJOR_OUTAGE
    stage.far.bodies["pages"] = page()
    await watcher.poll_once()
    assert stage.desk.told == ["onset sts", "resolved sts"]
    assert [len(confirmed) for _, confirmed in stage.desk.taken] == [1, 1, 1]


async def test_changes_are_handed_on_until_they_are_taken() -> None:
    """The store's trouble delays a ping; it costs none, and none is told twice."""
    stage = hands(pages=page())
    watcher = stage.watcher()
    await watcher.poll_once()
    stage.far.bodies["pages"] = page("major_outage")
    stage.desk.refusals = 7
    await watcher.poll_once()
    assert stage.desk.told == ["onset sts"]
    assert stage.pauses == [1, 2, 4, 8, 16, 30, 30]


async def test_what_was_read_before_is_asked_after_and_its_confirmation_is_fresh() -> None:
    """Of a body that could not be read nothing is kept, so that nobody confirms it."""
    stage = hands(pages=b"<html>")
    watcher = stage.watcher()
    await watcher.poll_once()
    stage.far.bodies["pages"] = page()
    await watcher.poll_once()
    stage.now = after(minutes=4)
    assert watcher.board().services["sts"].stale
    await watcher.poll_once()
    status = watcher.board().services["sts"]
    assert (status.state, status.stale) == (State.OPERATIONAL, False)
    assert status.checked_at == after(minutes=4)
    kept = {"pages": Answer(page(), etag="1")}
    assert [dict(known.answers) for _, known in stage.far.asked] == [{}, {}, kept]


async def test_a_confirmed_body_is_read_by_the_clock_of_now() -> None:
    """Better Stack dates its work and lets the reader tell whether it has begun."""
    report = {"title": "Work", "report_type": "maintenance", "starts_at": "2026-03-02T12:05:00Z"}
    row = {"type": "status_report", "id": "1", "attributes": report}
    stage = hands(pages=json.dumps({"data": [row]}).encode())
    stage.base = knowledge(service("sts"), source("pages", form="betterstack"))
    watcher = stage.watcher()
    phases = []
    for stage.now in (NOON, after(minutes=6)):
        await watcher.poll_once()
        reading = watcher.watched["pages"].reading
        phases += [one.phase for one in reading.maintenances] if reading else []
    assert phases == [Phase.SCHEDULED, Phase.IN_PROGRESS]


async def test_what_cannot_be_read_concludes_nothing() -> None:
    """No change is told of it; it keeps the reason, and is tried again ever later."""
    stage = hands(pages=page())
    watcher = stage.watcher()
    await watcher.poll_once()
    stage.far.bodies["pages"] = UnreadableError(UnreadableReason.TIMEOUT)
    waits = []
    for _ in range(6):
        await watcher.poll_once()
        waits.append((watcher.watched["pages"].due_at - stage.now).total_seconds())
    assert waits == [45, 90, 180, 360, 675, 675]
    assert watcher.watched["pages"].view.failure is UnreadableReason.TIMEOUT
    stage.far.bodies["pages"] = RetryLaterError("HTTP 429", 1000)
    await watcher.poll_once()
    assert (watcher.watched["pages"].due_at - stage.now).total_seconds() >= 1000
    assert stage.desk.told == []


async def test_a_page_that_lost_most_of_its_components_is_not_believed() -> None:
    """The contract stands between reader and board."""
    stage = hands(pages=rows(10))
    watcher = stage.watcher()
    await watcher.poll_once()
    stage.far.bodies["pages"] = page()
    await watcher.poll_once()
    assert watcher.watched["pages"].view.failure is UnreadableReason.CONTRACT
    stage.now = after(minutes=16)
    assert watcher.board().services["sts"].state is State.UNKNOWN
    assert watcher.board().services["sts"].reason is UnreadableReason.CONTRACT


async def test_when_all_sources_fail_at_once_it_is_likely_our_network() -> None:
    """Said so on the board; one source alone proves nothing."""
    lost = UnreadableError(UnreadableReason.UNREACHABLE)
    both = hands(pages=lost, other=lost)
    assert (await both.watcher().poll_once()).blind
    assert not (await hands(pages=lost).watcher().poll_once()).blind
    assert not (await hands(pages=lost, other=page()).watcher().poll_once()).blind
    changed = UnreadableError(UnreadableReason.NOT_THE_FORMAT)
    assert not (await hands(pages=lost, other=changed).watcher().poll_once()).blind


async def test_when_our_network_is_back_all_sources_are_read_soon() -> None:
    """Not when their back-off is over; where one alone had failed, it waits on."""
    lost = UnreadableError(UnreadableReason.UNREACHABLE)
    stage = hands(pages=lost, other=lost)
    watcher = stage.watcher()
    for _ in range(5):
        await watcher.poll_once()
    stage.far.bodies["other"] = page()
    await watcher.poll("other")
    assert (watcher.watched["pages"].due_at - stage.now).total_seconds() == 30
    for _ in range(5):
        await watcher.poll_once()
    assert (watcher.watched["pages"].due_at - stage.now).total_seconds() == 675


async def test_a_published_change_is_confirmed_soon() -> None:
    """The next read comes after CONFIRM_SECONDS, not after the interval."""
    incident = {
        "id": "i",
        "name": "Down",
        "status": "investigating",
        "impact": "critical",
        "components": [{"id": "sts", "name": "sts"}],
    }
    tree = json.loads(page("major_outage")) | {"incidents": [incident]}
    stage = hands(pages=page())
    watcher = stage.watcher(Thresholds())
    await watcher.poll_once()
    stage.far.bodies["pages"] = json.dumps(tree).encode()
    await watcher.poll_once()
    assert (watcher.watched["pages"].due_at - stage.now).total_seconds() == 25
    stage.now = after(seconds=25)
    await watcher.poll_once()
    assert stage.desk.told == ["onset sts"]


async def test_run_watches_until_it_is_cancelled() -> None:
    """Over real HTTP; what it reads is tracked and shown."""
    desk = Desk()
    asked = asyncio.Event()

    async def on_changes(*handed: Any) -> None:
        await desk(*handed)
        asked.set()

    async with (
        serving(answering(page())) as server,
        Fetcher("test@example.org", allow_private=True) as fetch,
    ):
        base = knowledge(service("sts"), source(url=server.url, every=1, services={"sts": "sts"}))
        watcher = Watcher(knowledge=base, fetch=fetch, on_changes=on_changes)
        running = asyncio.create_task(watcher.run())
        async with asyncio.timeout(10):
            await asked.wait()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    assert watcher.board().services["sts"].state is State.OPERATIONAL
    assert desk.told == []
