"""Which services a chat is told of, with a switch for each."""

from collections.abc import Sequence

from bot.alerts.model import Outgoing
from bot.chat.callbacks import Verb
from bot.chat.finding import follows, watched
from bot.chat.keyboards import Button, Rows, button, paired
from bot.chat.markup import Html, blocks, bold, plain
from bot.chat.views.states import listed
from bot.chat.voice import Voice
from bot.preferences import ALL_SERVICES, Preferences


def render(
    voice: Voice,
    preferences: Preferences,
    told: str = "",
    channels: Sequence[str] = (),
    back: Button | None = None,
) -> Outgoing:
    """`told`: what just happened. `channels`: where a service is followed without subscribing."""
    text = blocks(
        bold(voice.say("subscriptions-title")),
        plain(told),
        _summary(voice, preferences),
        _unwatched(voice, preferences),
        plain(voice.say("subscriptions-hint")),
        plain(_channels(voice, channels)),
    )
    return Outgoing(text, (*_switches(voice, preferences), *(((back,),) if back else ())))


def not_found(voice: Voice, preferences: Preferences, nearest: Sequence[str]) -> Outgoing:
    """A service that nobody knows: the nearest ones, else all."""
    if not nearest:
        return render(voice, preferences, voice.say("service-unknown-none"))
    shown = [_switch(voice, preferences, one) for one in nearest]
    return Outgoing(plain(voice.say("service-unknown")), paired(shown))


def followed(voice: Voice, preferences: Preferences) -> list[str]:
    """The services that the chat has named, in the order of the knowledge base."""
    return [one for one in voice.knowledge.services if one in preferences.services]


def _summary(voice: Voice, preferences: Preferences) -> Html:
    """What the chat is told of now."""
    if not preferences.services:
        return plain(voice.say("subscriptions-none"))
    if ALL_SERVICES in preferences.services:
        return plain(voice.say("subscriptions-all"))
    return listed(voice, "subscriptions-some", followed(voice, preferences))


def _unwatched(voice: Voice, preferences: Preferences) -> Html:
    """What no machine can watch: a person who follows it must know."""
    services = voice.knowledge.services
    blind = [one for one in followed(voice, preferences) if not watched(services[one])]
    return listed(voice, "subscriptions-unwatched", blind) if blind else Html("")


def _channels(voice: Voice, channels: Sequence[str]) -> str:
    if not channels:
        return ""
    return voice.say("subscriptions-channels", channels=", ".join(channels))


def _switches(voice: Voice, preferences: Preferences) -> Rows:
    own = voice.knowledge.services_of(preferences.profession)
    offered = dict.fromkeys(
        (*(one.id for one in own if watched(one)), *followed(voice, preferences))
    )
    everything = button(voice.say("button-subscribe-all"), Verb.SUBSCRIBE, ALL_SERVICES)
    nothing = button(voice.say("button-unsubscribe-all"), Verb.UNSUBSCRIBE, ALL_SERVICES)
    ends = [
        *([] if ALL_SERVICES in preferences.services else [everything]),
        *([nothing] if preferences.services else []),
    ]
    return (*paired(_switch(voice, preferences, one) for one in offered), *paired(ends))


def _switch(voice: Voice, preferences: Preferences, service: str) -> Button:
    """A bell where it is on: pressing it switches."""
    if follows(voice.knowledge, preferences, service):
        return button(f"🔔 {voice.service(service)}", Verb.UNSUBSCRIBE, service)
    return button(f"▫ {voice.service(service)}", Verb.SUBSCRIBE, service)
