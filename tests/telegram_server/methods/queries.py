"""Answers to pressed buttons and to inline questions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.telegram_server.formatting import format_text
from tests.telegram_server.forms import Form
from tests.telegram_server.limits import check_built_in
from tests.telegram_server.records import Json
from tests.telegram_server.refusals import QUERY_TOO_OLD, RefusalError, broken_rule
from tests.telegram_server.world import World

from .markup import check_inline_keyboard

MOST_RESULTS = 50


def answer_callback_query(world: World, form: Form) -> bool:
    """Answer a press, once."""
    text = form.text("text")
    wording = "Bad Request: MESSAGE_TOO_LONG"
    check_built_in("callback_answer", text, "text", wording)
    query = world.callback_queries.get(form.text("callback_query_id"))
    if query is None or query.expired or query.answer is not None:
        raise RefusalError(QUERY_TOO_OLD)
    answer = {"text": text, "show_alert": form.boolean("show_alert"), "url": form.text("url")}
    world.callback_queries[query.id] = replace(query, answer=answer)
    world.updates.wake()
    return True


def answer_inline_query(world: World, form: Form) -> bool:
    """Answer a question typed after the bot's name, once."""
    results = form.json("results", "inline query results")
    if not isinstance(results, list):
        raise broken_rule("Bad Request: can't parse inline query results", "results", "Array")
    if len(results) > MOST_RESULTS:
        raise broken_rule("Bad Request: too many inline query results specified", "results", "50")
    check_identifiers([str(result.get("id", "")) for result in results])
    for result in results:
        check_result(result)
    return keep_inline_answer(world, form, results)


def keep_inline_answer(world: World, form: Form, results: list[Json]) -> bool:
    """Give the results to the person who asked."""
    query = world.inline_queries.get(form.text("inline_query_id"))
    if query is None or query.answer is not None:
        raise RefusalError(QUERY_TOO_OLD)
    answer: Json = {
        "results": results,
        "cache_time": form.integer("cache_time", 300),
        "is_personal": form.boolean("is_personal"),
        "next_offset": form.text("next_offset"),
        "button": form.json("button", "inline query results button"),
    }
    world.inline_queries[query.id] = replace(query, answer=answer)
    world.updates.wake()
    return True


def check_identifiers(identifiers: list[str]) -> None:
    """Refuse identifiers of results that are empty, too long or given twice."""
    for identifier in identifiers:
        check_built_in("result_id", identifier, "results", "Bad Request: RESULT_ID_INVALID")
    if len(set(identifiers)) < len(identifiers):
        raise broken_rule("Bad Request: RESULT_ID_DUPLICATE", "results", "unique id")


def check_result(result: Json) -> None:
    """Check the message that a chosen result would send."""
    message: Any = result.get("input_message_content")
    if message is None and result.get("type") == "article":
        raise broken_rule("Bad Request: MESSAGE_TEXT_EMPTY", "results", "input_message_content")
    if message and "message_text" in message:
        mode = message.get("parse_mode", "")
        formatted = format_text(message["message_text"], mode, message.get("entities"))
        check_built_in("text", formatted.text, "message_text")
    check_inline_keyboard((result.get("reply_markup") or {}).get("inline_keyboard"))
