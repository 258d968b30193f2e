"""The one table of buttons: what each verb does, and where its reply goes."""

from dataclasses import dataclass

from bot.chat.callbacks import Verb
from bot.chat.handlers import asking, choices, status, subscriptions, team, topics
from bot.chat.request import Action


@dataclass(frozen=True)
class Route:
    """`fresh`: a new message, so that the one with the button (a ping, a choice) stays.

    `changes`: it alters the chat's choices, so in a group only its administrators may.
    """

    action: Action
    fresh: bool = False
    changes: bool = False


ROUTES = {
    Verb.SHOW: Route(asking.procedure),
    Verb.OPEN: Route(asking.procedure, fresh=True),
    Verb.PAGE: Route(asking.page),
    Verb.OTHER_PROFESSION: Route(asking.other_profession),
    Verb.AS_PROFESSION: Route(asking.as_profession),
    Verb.STATUS: Route(status.status),
    Verb.STATUS_PAGE: Route(status.page),
    Verb.STATUS_NEW: Route(status.status, fresh=True),
    Verb.PROCEDURE_STATUS: Route(status.of_procedure),
    Verb.SUBSCRIBE: Route(subscriptions.subscribe, changes=True),
    Verb.UNSUBSCRIBE: Route(subscriptions.unsubscribe, changes=True),
    Verb.FOLLOW_PROCEDURE: Route(subscriptions.follow_procedure, changes=True),
    Verb.TOPICS: Route(topics.topics),
    Verb.TOPIC: Route(topics.topic),
    Verb.TOPIC_NEW: Route(topics.topic, fresh=True),
    Verb.LANGUAGE: Route(choices.language, changes=True),
    Verb.PROFESSION: Route(choices.profession, changes=True),
    Verb.QUIET: Route(choices.quiet, changes=True),
    Verb.SETTINGS: Route(choices.settings),
    Verb.MUTE: Route(subscriptions.mute, fresh=True, changes=True),
    Verb.CONFIRM: Route(team.confirm, fresh=True),
}
