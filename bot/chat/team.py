"""What the team does by hand: announce, correct or close an outage; proposed first, then confirmed.

Two steps with the count shown keep a slip of the thumb from reaching thousands of telephones.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.alerts.codes import parsed
from bot.alerts.graph import Audience, Graph
from bot.alerts.ports import Hand, Recorded
from bot.alerts.rulings import Category
from bot.chat.past import Past
from bot.status.by_hand import TEAM
from bot.status.model import Change, ChangeKind, Incident, State

CONFIRM_WITHIN = timedelta(minutes=10)


class Deed(StrEnum):
    """What can be done by hand; kept as this word."""

    ANNOUNCE = "announce"
    CORRECT = "correct"
    CLOSE = "close"


class Refusal(StrEnum):
    """Why it cannot be done; the value is the message that says so."""

    OPEN_ALREADY = "team-open-already"
    NOT_OPEN = "team-not-open"
    TOLD_AS_THAT = "team-told-as-that"
    UNSTABLE = "team-unstable"


class Known(Past, Protocol):
    """An incident of the store, with what a correction must know of it."""

    @property
    def code(self) -> str:
        """Such as REC-0124-1; it changes with each thing that is told."""

    @property
    def state(self) -> State:
        """What it is told as."""

    @property
    def unstable(self) -> bool:
        """Whether it is told to come and go."""

    @property
    def words(self) -> Incident | None:
        """Its own words."""


class Incidents(Protocol):
    """`bot.store.history.SqlHistory` is the one that runs."""

    async def incidents(self, now: datetime) -> Sequence[Known]:
        """Those open, or ended in the last 30 days."""


class Followers(Protocol):
    """`bot.store.chats.SqlChats` is the one that runs."""

    async def followers(self, audience: Audience, code: str | None = None) -> int:
        """How many chats would be told; of an incident, how many of those who know of it."""


class Announcer(Protocol):
    """`bot.alerts.fanout.Fanout` is the one that runs."""

    async def announce(self, change: Change, at: datetime, by: Hand) -> Recorded:
        """Records the change, a message for each chat, and who did it."""


@dataclass(frozen=True)
class Act:
    """One thing to do. `code`: of the open incident; None: it opens one. `began`: the outage."""

    deed: Deed
    change: Change
    began: datetime
    code: str | None = None
    words: Incident | None = None


@dataclass(frozen=True)
class Refused:
    """`code`: of the incident that stands in the way."""

    reason: Refusal
    code: str = ""


def announcement(
    service: str, state: State, text: str, known: Sequence[Known], now: datetime
) -> Act | Refused:
    """An outage that no source tells of yet. `text`: the team's own words, or none."""
    found = _open(known, service)
    if found is not None:
        return Refused(Refusal.OPEN_ALREADY, found.code)
    key = f"{TEAM}:{service}:{now:%Y-%m-%dT%H:%M}"
    words = Incident(key, TEAM, text, None, (service,), state, started_at=now) if text else None
    before = State.OPERATIONAL
    change = Change(ChangeKind.ONSET, service, before, state, now, now, TEAM, key, words)
    return Act(Deed.ANNOUNCE, change, now, words=words)


def correction(code: str, state: State, known: Sequence[Known], now: datetime) -> Act | Refused:
    """An open incident is better or worse than it is told."""
    found = _by_code(known, code)
    if found is None:
        return Refused(Refusal.NOT_OPEN)
    if found.unstable:
        return Refused(Refusal.UNSTABLE, found.code)
    if found.state is state:
        return Refused(Refusal.TOLD_AS_THAT, found.code)
    worse = state.severity > found.state.severity
    kind = ChangeKind.WORSENED if worse else ChangeKind.UPDATE
    change = _change(kind, found, state, now, since=found.since)
    return Act(Deed.CORRECT, change, found.since, found.code, found.words)


def closing(code: str, known: Sequence[Known], now: datetime) -> Act | Refused:
    """An open incident is over."""
    found = _by_code(known, code)
    if found is None:
        return Refused(Refusal.NOT_OPEN)
    kind = ChangeKind.STEADY if found.unstable else ChangeKind.RESOLVED
    change = _change(kind, found, State.OPERATIONAL, now, since=now)
    return Act(Deed.CLOSE, change, found.since, found.code)


def _change(
    kind: ChangeKind, found: Known, state: State, now: datetime, *, since: datetime
) -> Change:
    return Change(kind, found.service, found.state, state, now, since, TEAM, found.code)


def _open(known: Sequence[Known], service: str) -> Known | None:
    outages = (one for one in known if one.category is Category.OUTAGE and one.ended_at is None)
    return next((one for one in outages if one.service == service), None)


def _by_code(known: Sequence[Known], code: str) -> Known | None:
    meant = next((one for one in known if parsed(one.code) == parsed(code)), None)
    found = _open(known, meant.service) if meant else None
    return found if found and parsed(found.code) == parsed(code) else None


@dataclass(frozen=True)
class Proposal:
    """Waits for the confirmation of one person. `told`: how many chats it would reach."""

    act: Act
    told: int
    token: str
    at: datetime


@dataclass(frozen=True)
class Done:
    """What was done: the code that its messages carry, and how many chats are told."""

    code: str
    told: int


class Team:
    """Holds the one proposal of each person; a restart forgets it, and it is typed again.

    `heard`: called after each deed, so that the board shows it at once.
    """

    def __init__(
        self,
        incidents: Incidents,
        followers: Followers,
        announcer: Announcer,
        graph: Graph,
        heard: Callable[[], Awaitable[None]],
    ) -> None:
        self._incidents, self._followers, self._heard = incidents, followers, heard
        self._announcer, self.graph = announcer, graph
        self._proposals: dict[int, Proposal] = {}

    async def known(self, now: datetime) -> Sequence[Known]:
        """Incidents of the last 30 days."""
        return await self._incidents.incidents(now)

    async def propose(self, admin: int, act: Act, now: datetime) -> Proposal:
        """Keeps it in place of an earlier one of the same person."""
        made = Proposal(act, await self._count(act), secrets.token_urlsafe(6), now)
        self._proposals[admin] = made
        return made

    async def confirm(self, admin: int, token: str, now: datetime) -> Done | None:
        """Does it, once. None: nothing, since it is gone, too old, or overtaken by events."""
        proposal = self._proposals.get(admin)
        if proposal is None or not secrets.compare_digest(proposal.token, token):
            return None
        del self._proposals[admin]
        found = _open(await self.known(now), proposal.act.change.service)
        overtaken = (found.code if found else None) != proposal.act.code
        if overtaken or now > proposal.at + CONFIRM_WITHIN:
            return None
        return await self._do(admin, proposal.act, now)

    async def _do(self, admin: int, act: Act, now: datetime) -> Done:
        by = Hand(admin, act.deed.value, await self._count(act))
        recorded = await self._announcer.announce(replace(act.change, at=now), now, by)
        await self._heard()
        return Done(recorded.codes[0], by.told if recorded.rows else 0)

    async def _count(self, act: Act) -> int:
        return await self._followers.followers(self.graph.audience(act.change.service), act.code)
