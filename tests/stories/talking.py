"""One person's chat with the bot, as it shows on their telephone."""

from dataclasses import dataclass

from tests.telegram_server import Message, TelegramServer


@dataclass(frozen=True)
class Chat:
    """`language` is that of the person's Telegram."""

    server: TelegramServer
    id: int
    language: str = "fr"

    async def ask(self, text: str) -> Message:
        """Types a text; gives the bot's next message."""
        return await self.server.ask(self.id, text, language_code=self.language)

    async def press(self, label: str) -> Message:
        """Presses the newest button that begins so; gives the message that came or changed."""
        before = self._shown()
        query = await self.server.press(self.id, self._button(label))
        await self.server.wait_for_answer(query)
        await self.server.wait_until(lambda: self._shown() != before, what=f"what {label!r} does")
        return next(one for one in reversed(self._shown()) if one not in before)

    async def reach(self, text: str, title: str) -> Message:
        """Asks; where the bot asks back, presses the button of the procedure with this title."""
        told = await self.ask(text)
        if told.text.startswith(title):
            return told
        offered = [line for line in told.text.splitlines() if line.endswith(title)]
        assert offered, told.text
        number = offered[0].partition(".")[0]
        return await self.press(f"{number}. ")

    def pings(self, part: str) -> list[Message]:
        """The bot's messages with this text in them."""
        return [message for message in self._shown() if part in message.text]

    def _shown(self) -> list[Message]:
        return self.server.sent(self.id)

    def _button(self, label: str) -> str:
        for message in reversed(self._shown()):
            for button in message.buttons:
                if button.text.startswith(label) and button.callback_data:
                    return button.callback_data
        raise LookupError(f"no button {label!r} in\n{self.server.transcript(self.id)}")
