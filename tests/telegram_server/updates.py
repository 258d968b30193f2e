"""Updates on their way to the bot: long polling or a webhook, one at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp

from .forms import Form
from .records import Json
from .refusals import OTHER_POLL, POLL_ENDED_BY_WEBHOOK, WEBHOOK_IS_ACTIVE, RefusalError

# The kinds that the documentation of getUpdates leaves out unless they are asked for.
ONLY_WHEN_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_POLL = 50


@dataclass(frozen=True)
class Webhook:
    """Where updates are sent instead of being asked for."""

    url: str
    secret: str = ""
    max_connections: int = 40


class Updates:
    """The queue of updates; an update leaves it when the bot has confirmed it."""

    def __init__(self) -> None:
        """Start empty, with long polling."""
        self.pending: list[Json] = []
        self.allowed: list[str] = []
        self.webhook: Webhook | None = None
        self.last_error = ""
        self._last_id = 0
        self._changed = asyncio.Event()
        self._poll = 0
        self._ended_by = OTHER_POLL

    def add(self, kind: str, content: Json) -> int:
        """Queue an update unless the bot did not ask for its kind; return its number."""
        self._last_id += 1
        wanted = kind in self.allowed if self.allowed else kind not in ONLY_WHEN_ASKED
        if wanted:
            self.pending.append({"update_id": self._last_id, kind: content})
        self.wake()
        return self._last_id

    def wake(self) -> None:
        """Let everyone who waits for a change look again."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def changed(self, seconds: float) -> None:
        """Wait until something changes, or for so long."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return

    def allow(self, form: Form) -> None:
        """Remember the wanted kinds; without the parameter the earlier choice stays."""
        kinds = form.json("allowed_updates", "allowed updates")
        if kinds is not None:
            self.allowed = [str(kind) for kind in kinds]

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps only the last updates."""
        if offset < 0:
            offset = self.pending[offset:][0]["update_id"] if self.pending else 0
        self.pending = [update for update in self.pending if update["update_id"] >= offset]
        self.wake()

    def end_poll(self, reason: str) -> None:
        """Send the poll that waits away, with a conflict unless the reason is empty."""
        self._poll += 1
        self._ended_by = reason
        self.wake()

    async def poll(self, form: Form) -> list[Json]:
        """Answer getUpdates; the newer of two polls wins."""
        if self.webhook is not None:
            raise RefusalError(WEBHOOK_IS_ACTIVE, 409)
        self.end_poll(OTHER_POLL)
        mine = self._poll
        self.allow(form)
        if form.integer("offset"):
            self.confirm(form.integer("offset"))
        await self._wait_for_one(mine, min(form.integer("timeout"), LONGEST_POLL))
        limit = form.integer("limit", 100)
        return self.pending[: limit if 1 <= limit <= 100 else 100]

    async def _wait_for_one(self, mine: int, seconds: int) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not self.pending and self._poll == mine and loop.time() < end:
            await self.changed(end - loop.time())
        if self._poll != mine and self._ended_by:
            raise RefusalError(self._ended_by, 409)

    def set_webhook(self, webhook: Webhook | None, drop_pending: bool) -> None:
        """Begin or end sending updates to the bot."""
        if webhook is not None:
            self.end_poll(POLL_ENDED_BY_WEBHOOK)
        self.webhook = webhook
        if drop_pending:
            self.pending.clear()
        self.wake()

    def webhook_info(self) -> Json:
        """Return the API's `WebhookInfo` object."""
        info: Json = {
            "url": self.webhook.url if self.webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        optional: Json = {
            "allowed_updates": self.allowed,
            "last_error_message": self.last_error,
            "max_connections": self.webhook.max_connections if self.webhook else None,
        }
        return info | {name: value for name, value in optional.items() if value}

    async def deliver_for_ever(self) -> None:
        """Post pending updates to the webhook, each one until it is taken."""
        async with aiohttp.ClientSession() as session:
            while True:
                if self.webhook is None or not self.pending:
                    await self.changed(60)
                    continue
                update = self.pending[0]
                if await self._delivered(session, self.webhook, update):
                    self.confirm(update["update_id"] + 1)
                else:
                    await asyncio.sleep(0.05)

    async def _delivered(
        self, session: aiohttp.ClientSession, webhook: Webhook, update: Json
    ) -> bool:
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as answer:
                if 200 <= answer.status < 300:
                    return True
                self.last_error = f"Wrong response from the webhook: {answer.status}"
        except aiohttp.ClientError:
            self.last_error = "Connection refused"
        return False
