"""The fake Bot API server: HTTP on the loopback, the truth behind it, people in front of it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import Any, Self, Unpack

from aiohttp import web

from .faults import Fault, Faults, Flood, Kind
from .forms import Form, read_form
from .forums import Forums
from .methods import carry_out, named
from .people import People, Who
from .records import Message, Person, Request, Violation
from .refusals import METHOD_NOT_FOUND, RefusalError
from .specification import Specification
from .views import Views
from .waiting import Waiting
from .world import World

TOKEN = "123456789:AAfake-token-of-the-test-server-0000"
LARGEST_REQUEST = 60 * 1024 * 1024
PATH = re.compile(r"(?:/(?P<caller>[\w-]+))?/bot(?P<token>[^/]+)/(?P<method>[A-Za-z]+)")


class TelegramServer(People, Forums, Views, Waiting):
    """A Bot API server for one bot; use it as an async context manager."""

    def __init__(  # noqa: PLR0913 - each is one choice of a test
        self,
        spec: str | Path | None = None,
        *,
        token: str = TOKEN,
        username: str = "test_bot",
        privacy_mode: bool = True,
        create_chats: bool = False,
        rate_limit: int | None = None,
        port: int = 0,
    ) -> None:
        """Make a server; `spec` is the path of the machine-readable Bot API."""
        self.specification = Specification.load(spec) if spec else None
        self.token, self.port = token, port
        bot = Person(int(token.partition(":")[0]), "Test bot", username=username, is_bot=True)
        self._new_world: Callable[[], World] = lambda: World(bot, privacy_mode, create_chats)
        self._rate_limit = rate_limit
        self._runner: web.AppRunner | None = None
        self._deliveries: asyncio.Task[None] | None = None
        self._forget()

    def _forget(self) -> None:
        self.world = self._new_world()
        self.faults = Faults()
        self.flood = Flood(self._rate_limit)
        self.violations: list[Violation] = []
        self.requests: list[Request] = []
        self.refusals: list[tuple[str, str]] = []
        self.conflicts = 0

    @property
    def url(self) -> str:
        """The base address, to be given to the bot as TELEGRAM_API_URL."""
        return f"http://127.0.0.1:{self.port}"

    def url_for(self, caller: str) -> str:
        """The same for one of several: its messages keep who sent them, however late it is read."""
        return f"{self.url}/{caller}"

    async def __aenter__(self) -> Self:
        """Start listening."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        await self.stop()

    async def start(self, routes: list[web.RouteDef] | None = None) -> None:
        """Listen on the loopback; port 0 takes a free one."""
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.add_routes(routes or [])
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._deliver()

    def _deliver(self) -> None:
        if self._deliveries is not None:
            self._deliveries.cancel()
        self._deliveries = asyncio.create_task(self.world.updates.deliver_for_ever())

    async def stop(self) -> None:
        """Let held answers go and close every connection."""
        self.faults.release()
        if self._deliveries is not None:
            self._deliveries.cancel()
        if self._runner is not None:
            await self._runner.cleanup()

    async def reset(self) -> None:
        """Forget everything but the address."""
        self.faults.release()
        self.world.updates.pending.clear()
        self.world.updates.end_poll("")
        self._forget()
        self._deliver()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request, through the planned faults."""
        match = PATH.fullmatch(request.path)
        if match is None:
            return refused(RefusalError("Not Found", 404))
        if match["token"] != self.token:
            return refused(RefusalError("Unauthorized", 401))
        method, flood = match["method"], self.flood
        flood.enter(method)
        try:
            form = await read_form(request, match["caller"] or "")
            return self._noted(request, await self._answer(request, method, form))
        except RefusalError as refusal:
            return self._refuse(method, refusal)
        finally:
            flood.leave(method)

    def _noted(self, request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
        """Count a conflict; a poll whose client has gone is no second instance."""
        self.conflicts += answer.status == HTTPStatus.CONFLICT and is_open(request)
        return answer

    def _refuse(self, method: str, refusal: RefusalError) -> web.Response:
        self.refusals.append((method, refusal.description))
        if refusal.violation:
            self.violations.append(Violation(method, *refusal.violation))
        if refusal.parameters.get("retry_after"):
            self.flood.ban(refusal.parameters["retry_after"])
        return refused(refusal)

    async def _answer(self, request: web.Request, method: str, form: Form) -> web.StreamResponse:
        files = tuple(upload.name for upload in form.files.values())
        self.requests.append(Request(method, form.values, self.world.clock(), files))
        self.flood.count(method)
        fault = self.faults.take(method, form)
        if fault is not None and fault.kind == "drop_before":
            return cut(request)
        if fault is not None and fault.kind == "answer":
            return self._planned(method, fault)
        answer = await self._result(method, form)
        return await self._spoil(request, fault, answer) if fault else answer

    def _planned(self, method: str, fault: Fault) -> web.Response:
        if fault.html:
            return web.Response(text=fault.page(), status=fault.code, content_type="text/html")
        return self._refuse(method, fault.refusal())

    async def _spoil(
        self, request: web.Request, fault: Fault, answer: web.Response
    ) -> web.StreamResponse:
        """Let the effect stand and damage only the answer."""
        if fault.kind == "drop_after_effect":
            return cut(request)
        if fault.kind == "broken_json":
            return web.Response(text='{"ok":true,"resu', content_type="application/json")
        await self.faults.hold(fault)
        return answer

    async def _result(self, method: str, form: Form) -> web.Response:
        """Check the request, carry it out and wrap the result."""
        try:
            self._check(method, form)
            result = await carry_out(self.world, named(method), form)
        except RefusalError as refusal:
            return self._refuse(method, refusal)
        return web.json_response({"ok": True, "result": result})

    def _check(self, method: str, form: Form) -> None:
        if self.specification is None:
            return
        if not self.specification.knows(method):
            raise RefusalError(METHOD_NOT_FOUND, 404, violation=("", "unknown method"))
        problems = self.specification.problems(method, form)
        for problem in problems:
            self.violations.append(Violation(method, problem.parameter, problem.rule))
        if problems:
            raise RefusalError(problems[0].description)

    def fail(self, kind: Kind = "answer", **plan: Any) -> Fault:
        """Plan a fault; see `Fault` for what can be said about it."""
        fault = Fault(kind=kind, **plan)
        self.faults.add(fault)
        return fault

    async def ask(self, chat_id: int, text: str, **who: Unpack[Who]) -> Message:
        """Write a text and return the bot's next message."""
        message = await self.say(chat_id, text, **who)
        return await self.wait_for(chat_id, after=message.message_id)

    def release(self) -> None:
        """Let the answers go that a `delay` without seconds holds back."""
        self.faults.release()

    def limit_rate(self, per_second: int | None, retry_after: int = 1) -> None:
        """Switch the limit over all chats on, or off with None."""
        self.flood.per_second, self.flood.retry_after = per_second, retry_after

    def calls(self, method: str) -> list[Request]:
        """Return the requests for one method, whatever became of them."""
        return [call for call in self.requests if call.method.lower() == method.lower()]


def refused(refusal: RefusalError) -> web.Response:
    """Return an error answer; a flood answer says its wait in the header as well."""
    retry_after = refusal.parameters.get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return web.json_response(refusal.to_json(), status=refusal.code, headers=headers)


def is_open(request: web.Request) -> bool:
    """Whether the client still waits for its answer."""
    return request.transport is not None and not request.transport.is_closing()


def cut(request: web.Request) -> web.Response:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
