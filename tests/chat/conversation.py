"""A chat without Telegram: actions driven as the door drives them."""

from bot.alerts.model import Outgoing
from bot.chat.callbacks import parse
from bot.chat.commands import COMMANDS
from bot.chat.handlers import asking
from bot.chat.markup import Html, stripped
from bot.chat.request import Request
from bot.chat.routes import ROUTES
from bot.preferences import Preferences
from tests.chat.samples import Asked

CHAT = 7


class Conversation:
    """One chat; `last` is what it shows."""

    def __init__(self, language: str | None = "fr", profession: str | None = None) -> None:
        self.asked = Asked()
        self.hint: str | None = None
        self.last = Outgoing("")
        if language or profession:
            kept = Preferences(CHAT, language=language, profession=profession)
            self.asked.store.kept[CHAT] = kept

    @property
    def kept(self) -> Preferences:
        return self.asked.store.kept.get(CHAT, Preferences(CHAT))

    @property
    def text(self) -> str:
        """What is read, without tags."""
        return stripped(Html(self.last.text))

    @property
    def labels(self) -> list[str]:
        return [label for row in self.last.buttons for label, _ in row]

    async def ask(self, text: str) -> str:
        """A free question."""
        self.last = await asking.question(await self.request(text))
        return self.text

    async def type(self, command: str) -> str:
        """A command with its argument."""
        name, _, argument = command.lstrip("/").partition(" ")
        action = next(one.action for one in COMMANDS if one.name == name)
        self.last = await action(await self.request(argument))
        return self.text

    async def press(self, label: str) -> str:
        """The button with this label, or that begins with it."""
        pressed = next(
            data
            for row in self.last.buttons
            for name, data in row
            if name == label or name.startswith(label)
        )
        return await self.press_data(pressed)

    async def press_data(self, data: str) -> str:
        """A button by its data."""
        known = self.asked.known
        press = parse(data, (*known.procedures, *known.services, *known.professions))
        assert press is not None
        self.last = await ROUTES[press.verb].action(await self.request(*press.arguments))
        return self.text

    async def request(self, *arguments: str) -> Request:
        kept = await self.asked.store.load(CHAT)
        return Request(self.asked.parts, kept, arguments, self.hint)
