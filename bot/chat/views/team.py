"""What a person of the team sees before it is sent."""

from bot.alerts.codes import unversioned
from bot.alerts.model import Affected, Outgoing, Ping
from bot.chat.callbacks import Verb
from bot.chat.keyboards import button
from bot.chat.markup import Html, blocks, bold, plain
from bot.chat.team import Act, Deed, Proposal
from bot.chat.views import ping
from bot.chat.voice import Voice
from bot.status.by_hand import TEAM
from bot.status.model import ChangeKind

UNNUMBERED = "…"
"""Stands in a code for what is only known once it is sent."""


def proposal(voice: Voice, proposed: Proposal, children: tuple[str, ...]) -> Outgoing:
    """How many will be told, then the message itself, and the button that sends it."""
    act = proposed.act
    silent = act.change.kind is ChangeKind.UPDATE
    text = blocks(
        bold(voice.say("team-proposal", count=proposed.told)),
        _message(voice, act, children),
        plain(voice.say("team-proposal-silent" if silent else "team-proposal-each")),
        plain(voice.say("team-proposal-waits")),
    )
    confirm = button(voice.say("button-confirm"), Verb.CONFIRM, proposed.token)
    return Outgoing(text, ((confirm,),))


def _message(voice: Voice, act: Act, children: tuple[str, ...]) -> Html:
    """As a chat without a profession gets it; the others get their steps besides."""
    change = act.change
    over = act.deed is Deed.CLOSE
    shown = Ping(
        change.kind,
        _code(voice, act),
        chat_id=0,
        language=voice.language,
        profession=None,
        affected=(_affected(act, children),),
        incident=act.words,
        started_at=act.began,
        ended_at=change.since if over else None,
    )
    return Html(ping.render(shown, voice.knowledge, voice.words).text)


def _affected(act: Act, children: tuple[str, ...]) -> Affected:
    change = act.change
    return Affected(
        change.service,
        change.current,
        change.since,
        TEAM,
        children,
        words=act.words,
        announced=True,
    )


def _code(voice: Voice, act: Act) -> str:
    if act.code is None:
        return f"{voice.knowledge.services[act.change.service].code}-{UNNUMBERED}"
    return f"{unversioned(act.code)}-{UNNUMBERED}"
