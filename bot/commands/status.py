"""`status`: the board after one read of the sources."""

import json
import sys
from dataclasses import dataclass, replace

from bot.answering import status_of
from bot.clock import iso
from bot.commands.ask import service_data
from bot.faults import WrongUsageError
from bot.knowledge import Knowledge
from bot.loading import check_language, chosen_profession, load_base, or_nearest
from bot.looking import board_now
from bot.settings import Settings
from bot.status.model import Board, Incident, ServiceStatus, SourceSays


@dataclass(frozen=True)
class Wanted:
    """What was asked for on the command line."""

    profession: str | None
    service: str | None
    language: str
    as_json: bool
    as_csv: bool


async def print_status(settings: Settings, wanted: Wanted) -> int:
    """Reads the sources once and prints the board. Returns the exit code."""
    knowledge = load_base(settings)
    wanted = checked(wanted, knowledge)
    board = await board_now(settings, knowledge)
    if wanted.as_json:
        data = board_data(board, services_wanted(wanted, knowledge))
        sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
        return 0
    from bot.chat.plain import board_as_text  # noqa: PLC0415 - JSON does without views

    text = board_as_text(board, knowledge, wanted.language, wanted.profession, wanted.service)
    sys.stdout.write(text + "\n")
    return 0


def checked(wanted: Wanted, knowledge: Knowledge) -> Wanted:
    """With the profession's id. Refuses what there is not, and names the nearest."""
    check_language(wanted.language)
    service = wanted.service
    if service is not None and service not in knowledge.services:
        raise WrongUsageError(f"no service of that id{or_nearest(service, knowledge.services)}")
    return replace(wanted, profession=chosen_profession(wanted.profession, knowledge))


def services_wanted(wanted: Wanted, knowledge: Knowledge) -> tuple[str, ...]:
    """Ids of the services asked for."""
    if wanted.service is not None:
        return (wanted.service,)
    return tuple(service.id for service in knowledge.services_of(wanted.profession))


def board_data(board: Board, services: tuple[str, ...]) -> dict[str, object]:
    """The board as plain data."""
    return {
        "at": board.at.isoformat(),
        "blind": board.blind,
        "services": [_service_data(status_of(service, board)) for service in services],
        "incidents": [_incident_data(one) for one in board.incidents],
        "planned": [_incident_data(one) for one in board.planned],
    }


def _service_data(status: ServiceStatus) -> dict[str, object]:
    emergency = status.emergency
    return {
        **service_data(status),
        "since": iso(status.since),
        "source": status.source,
        "affected_by": list(status.affected_by),
        "not_for": list(status.not_for),
        "response_seconds": status.response_seconds,
        "says": [_saying(one) for one in status.says],
        "unstable": status.unstable,
        "source_stale_since": iso(status.source_stale_since),
        "reason": status.reason.value if status.reason else None,
        "page": status.page,
        "emergency": {"since": iso(emergency.since), "route": emergency.route}
        if emergency
        else None,
    }


def _saying(one: SourceSays) -> dict[str, object]:
    return {
        "source": one.source,
        "state": one.state.value,
        "checked_at": iso(one.checked_at),
        "stale": one.stale,
    }


def _incident_data(one: Incident) -> dict[str, object]:
    return {
        "id": one.id,
        "source": one.source,
        "title": one.title,
        "phase": one.phase.value if one.phase else None,
        "services": list(one.services),
        "impact": one.impact.value,
        "started_at": iso(one.started_at),
        "starts_at": iso(one.starts_at),
        "ends_at": iso(one.ends_at),
    }
