"""All sources fail at once: that is our own network, and it tells nothing of any service."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.status.fetching import Fetcher
from bot.status.model import Board, State
from bot.status.unreadable import UnreadableReason
from bot.status.watcher import Watcher
from tests.status.far_sides import answering, serving
from tests.status.samples import NOON, knowledge, service, source
from tests.status.stage import Desk, page


@dataclass
class Neighbourhood:
    """Two sources on loopback that live and die together, as seen through our own network."""

    bodies: dict[str, bytes]
    now: datetime = NOON
    desk: Desk = field(default_factory=Desk)
    ports: dict[str, int] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def alive(self, *names: str) -> AsyncIterator[None]:
        """These answer until the block ends; the others refuse to be reached."""
        async with contextlib.AsyncExitStack() as stack:
            for name in names:
                far = serving(answering(self.bodies[name]), port=self.ports.get(name, 0))
                self.ports[name] = (await stack.enter_async_context(far)).port
            yield

    def watcher(self, fetch: Fetcher) -> Watcher:
        """STS on one page, Recip-e on the other."""
        mapped = {"pages": "sts", "other": "recip-e"}
        sources = [
            source(name, url=f"http://127.0.0.1:{self.ports[name]}/", services={"sts": service_id})
            for name, service_id in mapped.items()
        ]
        base = knowledge(service("sts"), service("recip-e"), *sources)
        return Watcher(knowledge=base, fetch=fetch, on_changes=self.desk, clock=lambda: self.now)

    async def watch(self, watcher: Watcher, minutes: int) -> list[Board]:
        """The board after each of so many polls, a minute apart."""
        boards = []
        for _ in range(minutes):
            boards.append(await watcher.poll_once())
            self.now += timedelta(minutes=1)
        return boards


def seen(board: Board) -> tuple[State, State]:
    """STS and Recip-e."""
    return board.services["sts"].state, board.services["recip-e"].state


async def test_our_own_network_fails_and_nothing_is_concluded() -> None:
    """All sources die at once, over real HTTP, and come back: said so, and nothing false told."""
    up, down, dark = State.OPERATIONAL, State.MAJOR_OUTAGE, State.UNKNOWN
    here = Neighbourhood({"pages": page(), "other": page()})
    async with Fetcher("test@example.org", allow_private=True) as fetch:
        async with here.alive("pages", "other"):
            watcher = here.watcher(fetch)
            assert not (await here.watch(watcher, 1))[-1].blind
        here.bodies["other"] = page("major_outage")
        async with here.alive("pages", "other"):
            before = (await here.watch(watcher, 3))[-1]
        assert (seen(before), here.desk.told) == ((up, down), ["onset recip-e"])
        handed = len(here.desk.taken)

        silent = await here.watch(watcher, 40)
        assert all(board.blind for board in silent)
        assert {seen(board) for board in silent[:15]} == {(up, down)}
        assert {seen(board) for board in silent[15:]} == {(dark, dark)}
        reasons = {status.reason for status in silent[-1].services.values()}
        assert reasons == {UnreadableReason.UNREACHABLE}

        async with here.alive("pages"):
            first = (await here.watch(watcher, 1))[-1]
        assert (seen(first), first.blind) == ((up, dark), False)
        async with here.alive("pages", "other"):
            back = (await here.watch(watcher, 5))[-1]
        assert (seen(back), back.blind) == ((up, down), False)
        assert back.services["recip-e"].since == before.services["recip-e"].since
        assert (here.desk.told, len(here.desk.taken)) == (["onset recip-e"], handed)

        await here.watch(watcher, 20)
        here.bodies["other"] = page()
        async with here.alive("pages", "other"):
            await here.watch(watcher, 4)
        assert here.desk.told == ["onset recip-e", "resolved recip-e"]
