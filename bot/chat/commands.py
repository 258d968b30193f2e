"""The one table of commands: the menu, /help and the handlers all come from it."""

from dataclasses import dataclass

from bot.alerts.model import Outgoing
from bot.chat.handlers import choices, oddities, start, status, subscriptions, team, topics
from bot.chat.request import Action, Request
from bot.chat.views import start as view


@dataclass(frozen=True)
class Command:
    """`changes`: it alters the chat's choices, so in a group only its administrators may."""

    name: str
    action: Action
    changes: bool = False

    @property
    def description_key(self) -> str:
        """The message of locales/ that describes it."""
        return f"command-{self.name}"


async def help_(request: Request) -> Outgoing:
    """What there is to type; for one of the team, theirs too."""
    ours = TEAM_COMMANDS if request.admin is not None else ()
    listed = ((command.name, command.description_key) for command in (*COMMANDS, *ours))
    return view.help_page(request.voice(), listed)


async def unknown(request: Request) -> Outgoing:
    """A command that is not in the table."""
    return oddities.unknown_command(request, tuple(command.name for command in COMMANDS))


COMMANDS = (
    Command("start", start.start),
    Command("help", help_),
    Command("status", status.status),
    Command("procedures", topics.topics),
    Command("subscribe", subscriptions.subscribe, changes=True),
    Command("unsubscribe", subscriptions.unsubscribe, changes=True),
    Command("language", choices.language, changes=True),
    Command("profession", choices.profession, changes=True),
    Command("quiet", choices.quiet, changes=True),
    Command("settings", choices.settings),
    Command("privacy", start.privacy),
    Command("stop", start.stop, changes=True),
)
TEAM_COMMANDS = (
    Command("announce", team.announce),
    Command("correct", team.correct),
    Command("close", team.close),
)
"""For the people of ADMIN_IDS: in their /help, in no menu, and unknown to everyone else."""
