"""`status --history`: what the bot has kept of the past, as text, JSON or CSV."""

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.clock import local
from bot.commands.status import Wanted, checked, services_wanted
from bot.faults import WrongUsageError
from bot.loading import load_base
from bot.opening import opened_store
from bot.settings import Settings
from bot.store.history import Availability, PastIncident, SqlHistory, Transition

_SPAN = re.compile(r"(\d{1,3})([dh])")
_UNITS = {"d": "days", "h": "hours"}
_COLUMNS = ("at", "service", "from", "to", "since", "source", "incident")


@dataclass(frozen=True)
class Past:
    """Transitions and availability of the span that was asked for; incidents of 30 days."""

    transitions: Sequence[Transition]
    incidents: Sequence[PastIncident]
    availability: Sequence[Availability]


async def print_history(settings: Settings, wanted: Wanted, span: str) -> int:
    """Prints the last days or hours. CSV holds the transitions alone."""
    knowledge, end = load_base(settings), datetime.now(UTC)
    wanted = checked(wanted, knowledge)
    asked = services_wanted(wanted, knowledge)
    past = await _read(settings, end - parsed_span(span), end, asked)
    if wanted.service or wanted.profession:  # else also services that the base no longer has
        past = _only(past, asked)
    if wanted.as_json:
        sys.stdout.write(json.dumps(_data(past), ensure_ascii=False) + "\n")
    elif wanted.as_csv:
        writer = csv.DictWriter(sys.stdout, _COLUMNS)
        writer.writeheader()
        writer.writerows(_transition(one) for one in past.transitions)
    else:
        sys.stdout.write("\n".join(_lines(past)) + "\n")
    return 0


def parsed_span(span: str) -> timedelta:
    """7d or 12h. Raises WrongUsageError with an example."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise WrongUsageError("say how far back, such as 7d or 12h")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


async def _read(
    settings: Settings, start: datetime, end: datetime, services: Sequence[str]
) -> Past:
    async with opened_store(settings, exclusive=False) as database:
        history = SqlHistory(database)
        return Past(
            await history.transitions(start, end),
            await history.incidents(end),
            [await history.availability(one, start, end) for one in services],
        )


def _only(past: Past, services: Sequence[str]) -> Past:
    return replace(
        past,
        transitions=[one for one in past.transitions if one.service in services],
        incidents=[one for one in past.incidents if one.service in services],
    )


def _data(past: Past) -> dict[str, object]:
    return {
        "transitions": [_transition(one) for one in past.transitions],
        "incidents": [_incident(one) for one in past.incidents],
        "availability": [
            {"service": one.service, "share": one.share, "known": one.known}
            for one in past.availability
        ],
    }


def _transition(one: Transition) -> dict[str, str | None]:
    return {
        "at": one.at.isoformat(),
        "service": one.service,
        "from": one.previous.value if one.previous else None,
        "to": one.current.value,
        "since": one.since.isoformat(),
        "source": one.source,
        "incident": one.incident,
    }


def _incident(one: PastIncident) -> dict[str, object]:
    return {
        "code": one.code,
        "service": one.service,
        "category": one.category.value,
        "worst": one.worst.value,
        "source": one.source,
        "since": one.since.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "title": one.words.title if one.words else None,
    }


def _lines(past: Past) -> Iterator[str]:
    yield "Transitions"
    for change in past.transitions:
        before = change.previous.value if change.previous else "-"
        told = f"{change.service}: {before} -> {change.current.value}"
        by = ", ".join(filter(None, (change.source, change.incident)))
        yield f"  {local(change.at)}  {told}, since {local(change.since)} ({by})"
    yield "Incidents of the last 30 days"
    for one in past.incidents:
        told = f"{one.category.value}, {one.worst.value}, {_span(one)}"
        yield f"  {one.code}  {one.service}: {told}"
    yield "Known time without outage"
    for known in (one for one in past.availability if one.share is not None):
        share, unknown = known.share or 0.0, 1 - known.known
        yield f"  {known.service}: {share:.2%}; unknown for {unknown:.2%} of the time"
    unheard = [one.service for one in past.availability if one.share is None]
    yield f"Unknown all the time: {', '.join(unheard) or 'none'}"


def _span(one: PastIncident) -> str:
    if one.endless:
        return f"from {local(one.since)}, no end was told"
    return f"{local(one.since)} to {local(one.ended_at) if one.ended_at else 'still open'}"
