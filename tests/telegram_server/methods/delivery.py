"""How updates reach the bot: polling and webhook."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.telegram_server.forms import Form
from tests.telegram_server.records import Json
from tests.telegram_server.refusals import RefusalError, broken_rule
from tests.telegram_server.updates import Webhook
from tests.telegram_server.world import World

SECRET = re.compile(r"[A-Za-z0-9_-]*")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST_SECRET = 256


async def get_updates(world: World, form: Form) -> list[Json]:
    """Wait for updates."""
    return await world.updates.poll(form)


async def set_webhook(world: World, form: Form) -> bool:
    """Send updates to an address from now on; an empty one ends that."""
    url, secret = form.text("url"), form.text("secret_token")
    if not url:
        return await delete_webhook(world, form)
    check_address(url)
    check_secret(secret)
    world.updates.allow(form)
    webhook = Webhook(url, secret, form.integer("max_connections", 40))
    world.updates.set_webhook(webhook, form.boolean("drop_pending_updates"))
    return True


def check_address(url: str) -> None:
    """Refuse plain HTTP, but for an address of this machine: tests have no certificates."""
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        description = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
        raise RefusalError(description)


def check_secret(secret: str) -> None:
    """Refuse a secret that would not fit into the header."""
    if len(secret) > LONGEST_SECRET:
        raise broken_rule("Bad Request: secret token is too long", "secret_token", "256")
    if not SECRET.fullmatch(secret):
        description = "Bad Request: secret token contains unallowed characters"
        raise broken_rule(description, "secret_token", "A-Z, a-z, 0-9, _ and -")


async def delete_webhook(world: World, form: Form) -> bool:
    """Go back to polling."""
    world.updates.set_webhook(None, form.boolean("drop_pending_updates"))
    return True


async def get_webhook_info(world: World, form: Form) -> Json:
    """Say where updates go."""
    return world.updates.webhook_info()
