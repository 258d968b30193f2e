"""What an operator sees of a running bot: logs without secrets, troubles, the dead-man's switch."""

import logging
from collections.abc import Awaitable, Callable
from wsgiref.simple_server import WSGIServer

import httpx
from prometheus_client import start_http_server

from bot.alerts.ports import Trouble
from bot.faults import OperatorError
from bot.privacy import RedactingFilter

log = logging.getLogger("bot")

TROUBLES = {
    Trouble.TOKEN_REFUSED: "Telegram refuses the token: pings wait. Check TELEGRAM_TOKEN.",
    Trouble.MANY_REFUSALS: "Many chats refuse at once: pings pause, nobody is unsubscribed.",
    Trouble.GIVEN_UP: "A ping was given up after repeated unanswered sends.",
    Trouble.BAD_MESSAGE: "Telegram refused the content of a ping.",
    Trouble.STORE_UNAVAILABLE: "The store cannot be written: nothing is sent. Check the disk.",
}


def keep_secrets_out_of_logs(level: str) -> None:
    """Logs to standard error; every record passes the filter that hides tokens and numbers.

    `level` is ours alone: below WARNING, libraries write addresses with the token in them, texts,
    and the parameters of each statement. Raises OperatorError for a level that there is not.
    """
    if level.upper() not in logging.getLevelNamesMapping():
        raise OperatorError("LOG_LEVEL cannot be used: it is DEBUG, INFO, WARNING or ERROR.")
    handler = logging.StreamHandler()
    handler.addFilter(RedactingFilter())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    log.setLevel(level.upper())


def warn_without_contact(contact: str | None) -> None:
    """Whoever reads pages of others says how to be reached; nobody else can say it for them."""
    if not contact:
        log.warning(
            "CONTACT is not set: owners of status pages cannot see whom to write to. "
            "Set your mail or web address."
        )


async def log_trouble(trouble: Trouble) -> None:
    """Tells the operator in the log."""
    log.error(TROUBLES[trouble])


def serve_metrics(listen: str | None) -> WSGIServer | None:
    """Counters for Prometheus at host:port, where one is set; none of them names a chat."""
    if listen is None:
        return None
    host, _, port = listen.rpartition(":")
    try:
        server, _ = start_http_server(int(port), host or "127.0.0.1")
    except (OSError, ValueError) as error:
        raise OperatorError(
            f"METRICS_LISTEN cannot be used ({error}): give host:port, such as 127.0.0.1:9090"
        ) from None
    return server


def heartbeat(url: str | None) -> Callable[[], Awaitable[None]]:
    """Calls the operator's dead-man's switch, if there is one; its trouble is only logged."""

    async def call() -> None:
        if url is None:
            return
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                await client.get(url)
        except httpx.HTTPError as error:
            log.warning("the heartbeat address did not answer: %s", type(error).__name__)

    return call
