"""The state of services, worst first, with what the sources write and what is planned."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from bot.alerts.model import Outgoing
from bot.answering import status_of
from bot.chat.callbacks import Verb
from bot.chat.keyboards import Button, button, paired, rows
from bot.chat.markup import Html, blocks, bold, italic, joined, paginate, plain
from bot.chat.views import incidents, states
from bot.chat.voice import Voice
from bot.knowledge import Procedure
from bot.status.model import Board, Incident, ServiceStatus, State
from bot.status.unreadable import UnreadableReason

Key = TypeVar("Key", bound=Hashable)

_UNPUBLISHED = frozenset({UnreadableReason.NO_MACHINE_SOURCE, None})


def whole(voice: Voice, board: Board, profession: str | None) -> Html:
    """All services of a profession, in one text however long; None: all there are."""
    return blocks(*_of_profession(voice, board, profession))


def of_profession(voice: Voice, board: Board, profession: str | None, page: int = 1) -> Outgoing:
    """The same as a message of pages."""
    pages = paginate(_of_profession(voice, board, profession))
    at = min(max(page, 1), len(pages))
    foot = italic(voice.say("answer-page", page=at, pages=len(pages))) if len(pages) > 1 else ""
    shown = [
        *_more(voice, at, len(pages)),
        button(voice.say("button-refresh"), Verb.STATUS),
        button(voice.say("button-topics"), Verb.TOPICS),
    ]
    return Outgoing(blocks(pages[at - 1], Html(foot)), rows(shown))


def of_service(voice: Voice, board: Board, service: str, *, subscribed: bool) -> Outgoing:
    """One service, with what to do and to follow it."""
    follow = button(voice.say("button-subscribe"), Verb.SUBSCRIBE, service)
    shown = [
        button(voice.say("button-what-to-do"), Verb.TOPIC, service),
        *([] if subscribed else [follow]),
        button(voice.say("button-refresh"), Verb.STATUS, service),
        button(voice.say("button-back"), Verb.STATUS),
    ]
    return _one_page(voice, board, [service], rows(shown, 2))


def of_services(voice: Voice, board: Board, services: Sequence[str]) -> Outgoing:
    """Some services that were named, each a button away from what else there is of it."""
    each = (button(voice.service(one), Verb.STATUS, one) for one in services)
    back = button(voice.say("button-back"), Verb.STATUS)
    return _one_page(voice, board, services, (*paired(each), (back,)))


def of_procedure(
    voice: Voice, board: Board, procedure: Procedure, profession: str | None
) -> Outgoing:
    """The services that a procedure rests on, with the way back to it; of none, all."""
    services = [service.id for service in voice.knowledge.services_under(procedure)]
    if not services:
        return of_profession(voice, board, profession)
    back = button(voice.say("button-back"), Verb.SHOW, procedure.id)
    refresh = button(voice.say("button-refresh"), Verb.PROCEDURE_STATUS, procedure.id)
    return _one_page(voice, board, services, ((refresh, back),))


def not_found(voice: Voice, nearest: Sequence[str]) -> Outgoing:
    """A service that nobody knows; the nearest ones as buttons."""
    told = voice.say("status-service-unknown" if nearest else "status-service-unknown-none")
    shown = [button(voice.service(one), Verb.STATUS, one) for one in nearest]
    return Outgoing(plain(told), rows(shown))


def _of_profession(voice: Voice, board: Board, profession: str | None) -> tuple[Html, ...]:
    title = voice.say("status-title")
    if profession is not None:
        title = voice.say("status-title-profession", profession=voice.profession(profession))
    services = [service.id for service in voice.knowledge.services_of(profession)]
    statuses = _sorted(board, services)
    unknown = [one for one in statuses if not _tells(one)]
    working = (one for one in statuses if one.state is State.OPERATIONAL)
    fine = [one for one in working if not states.rests_on_trouble(one)]
    hit = [one for one in statuses if one not in unknown and one not in fine]
    return (
        *_head(voice, board, title),
        *(states.lines(voice, status) for status in hit),
        *(states.resting(voice, *alike) for alike in _alike(unknown, _parents)),
        *(states.unread(voice, alike) for _, alike in _alike(unknown, partial(_failure, voice))),
        *_news(voice, board, services),
        *_fine(voice, fine),
        *(states.untold(voice, silent) for _, silent in _alike(unknown, _silence)),
    )


def _fine(voice: Voice, fine: Sequence[ServiceStatus]) -> Iterator[Html]:
    """What works, by reading; each on its own where there is more to tell of it."""
    for _, alike in _alike(fine, _reading):
        yield states.together(voice, alike)
    for status in fine:
        if _reading(status) is None:
            yield states.lines(voice, status)


def _reading(status: ServiceStatus) -> Hashable | None:
    """What is the same for services that were read together; None: more is to be told of it."""
    more = (status.affected_by, status.emergency, status.source_stale_since, status.not_for)
    if any(more) or len({one.state for one in status.says}) > 1:
        return None
    return status.source, status.checked_at, status.stale


def _tells(status: ServiceStatus) -> bool:
    """Whether there is more to say of a service than that it is unknown."""
    return status.state is not State.UNKNOWN or status.emergency is not None


def _parents(status: ServiceStatus) -> tuple[str, ...] | None:
    """Those that are down below a service of which nobody publishes a state."""
    return (status.affected_by or None) if status.reason in _UNPUBLISHED else None


def _failure(voice: Voice, status: ServiceStatus) -> Hashable | None:
    """What is the same for services whose source could not be read."""
    if status.reason in _UNPUBLISHED:
        return None
    page = states.page_of(voice, status)
    return status.reason, page, status.source, status.checked_at, status.affected_by


def _silence(status: ServiceStatus) -> bool | None:
    return True if not status.affected_by and status.reason in _UNPUBLISHED else None


def _alike(
    statuses: Iterable[ServiceStatus], key: Callable[[ServiceStatus], Key | None]
) -> tuple[tuple[Key, list[ServiceStatus]], ...]:
    """In groups of the same key, in order; what has no key is left out."""
    groups: dict[Key, list[ServiceStatus]] = {}
    for status in statuses:
        if (found := key(status)) is not None:
            groups.setdefault(found, []).append(status)
    return tuple(groups.items())


def _one_page(
    voice: Voice,
    board: Board,
    services: Sequence[str],
    buttons: tuple[tuple[Button, ...], ...],
) -> Outgoing:
    first, *more = paginate(_blocks(voice, board, services))
    cut = italic(voice.say("answer-page", page=1, pages=1 + len(more))) if more else Html("")
    return Outgoing(blocks(first, cut), buttons)


def _blocks(voice: Voice, board: Board, services: Sequence[str]) -> tuple[Html, ...]:
    return (
        *_head(voice, board, voice.say("status-title"), ordered=len(services) > 1),
        *(states.lines(voice, status) for status in _sorted(board, services)),
        *_news(voice, board, services),
    )


def _head(voice: Voice, board: Board, title: str, *, ordered: bool = True) -> tuple[Html, ...]:
    at = voice.say("status-at" if ordered else "status-at-one", time=voice.moment(board.at))
    blind = bold(f"⚠ {voice.say('status-blind')}") if board.blind else Html("")
    return joined((bold(title), plain(at))), blind


def _news(voice: Voice, board: Board, services: Sequence[str]) -> tuple[Html, ...]:
    return (
        *_written(voice, "status-incidents", _touching(board.incidents, services)),
        *_written(voice, "status-planned", _touching(board.planned, services)),
    )


def _sorted(board: Board, services: Iterable[str]) -> list[ServiceStatus]:
    return sorted((status_of(one, board) for one in services), key=_worst_first)


def _worst_first(status: ServiceStatus) -> tuple[bool, int, bool]:
    """An ordered emergency route counts above a green state: the person must act on it."""
    acted_on = status.emergency is not None or status.state.is_outage
    return not acted_on, -status.state.severity, not status.affected_by


def _touching(found: Iterable[Incident], services: Collection[str]) -> tuple[Incident, ...]:
    """Those of the services, and those that name none: they may concern everyone."""
    return tuple(one for one in found if not one.services or set(one.services) & set(services))


def _written(voice: Voice, heading: str, found: Sequence[Incident]) -> tuple[Html, ...]:
    if not found:
        return ()
    show = incidents.planned if heading == "status-planned" else incidents.incident
    first, *others = (show(voice, one) for one in found)
    return joined((bold(voice.say(heading)), first)), *others


def _more(voice: Voice, at: int, last: int) -> tuple[Button, ...]:
    if last == 1:
        return ()
    following = at % last + 1
    label = voice.say("button-more", page=following, pages=last)
    return (button(label, Verb.STATUS_PAGE, str(following)),)
