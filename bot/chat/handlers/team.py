"""/announce, /correct and /close, for the people of ADMIN_IDS in their private chat."""

from bot.alerts.model import Outgoing
from bot.chat.handlers import oddities
from bot.chat.quoting import cleaned
from bot.chat.request import Request
from bot.chat.team import Act, Refused, Team, announcement, closing, correction
from bot.chat.views import team as view
from bot.chat.views.start import simple
from bot.knowledge.naming import find, fold, names_of
from bot.status.model import State

WORDS_LIMIT = 300
"""Characters of an announcement's own words."""
STATES = {
    "degraded": State.DEGRADED,
    "partial": State.PARTIAL_OUTAGE,
    "partial outage": State.PARTIAL_OUTAGE,
    "major": State.MAJOR_OUTAGE,
    "major outage": State.MAJOR_OUTAGE,
}


async def announce(request: Request) -> Outgoing:
    """`SERVICE STATE [words]`: proposes to tell of an outage."""
    team = request.parts.team
    service, state, text = (*request.argument.split(maxsplit=2), "", "", "")[:3]
    if team is None or fold(state) not in STATES:
        return _usage(request)
    found = find(service, names_of(request.parts.knowledge().services_of(None)))
    if len(found.ids) != 1:
        return simple(request.voice().say("status-service-unknown-none"))
    now = request.parts.clock()
    words, known = cleaned(text, WORDS_LIMIT), await team.known(now)
    act = announcement(found.ids[0], STATES[fold(state)], words, known, now)
    return await _propose(request, team, act)


async def correct(request: Request) -> Outgoing:
    """`CODE STATE`: proposes to tell that an incident is better or worse."""
    team = request.parts.team
    code, state = (*request.argument.split(maxsplit=1), "", "")[:2]
    if team is None or fold(state) not in STATES:
        return _usage(request)
    now = request.parts.clock()
    act = correction(code, STATES[fold(state)], await team.known(now), now)
    return await _propose(request, team, act)


async def close(request: Request) -> Outgoing:
    """`CODE`: proposes to tell that an incident is over."""
    team, code = request.parts.team, request.argument.strip()
    if team is None or not code:
        return _usage(request)
    now = request.parts.clock()
    return await _propose(request, team, closing(code, await team.known(now), now))


async def confirm(request: Request) -> Outgoing:
    """Button under a proposal: does it, for the person who made it."""
    team, admin = request.parts.team, request.admin
    if team is None or admin is None:
        return await oddities.old_button(request)
    done = await team.confirm(admin, request.argument, request.parts.clock())
    if done is None:
        return simple(request.voice().say("team-gone"))
    return simple(request.voice().say("team-done", code=done.code, count=done.told))


async def _propose(request: Request, team: Team, act: Act | Refused) -> Outgoing:
    if isinstance(act, Refused):
        return simple(request.voice().say(act.reason.value, code=act.code))
    if request.admin is None:
        return _usage(request)
    proposal = await team.propose(request.admin, act, request.parts.clock())
    children = team.graph.descendants(act.change.service)
    return view.proposal(request.voice(), proposal, children)


def _usage(request: Request) -> Outgoing:
    return simple(request.voice().say("team-usage"))
