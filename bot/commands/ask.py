"""`ask`: a question from the command line, answered as the chat answers it."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering import Answer, Context, Question, answer
from bot.clock import iso
from bot.faults import OperatorError
from bot.knowledge import Knowledge
from bot.loading import check_language, chosen_profession, load_matcher, unread_board
from bot.matching.matcher import KnowledgeMatcher
from bot.privacy import mask
from bot.settings import Settings
from bot.status.model import Board, ServiceStatus

CANDIDATES = 5


@dataclass(frozen=True)
class Asked:
    """A question as it came from the command line or from a line of JSON."""

    text: str
    language: str | None = None
    profession: str | None = None


class Line(BaseModel):
    """One line of `--jsonl`."""

    model_config = ConfigDict(extra="ignore")

    text: str
    language: str | None = None
    profession: str | None = None


async def ask_one(
    settings: Settings, asked: Asked, *, read_status: bool, as_json: bool, explain: bool
) -> int:
    """Prints the answer to one question. Returns the exit code."""
    matcher = load_matcher(settings)
    asked = _checked(asked, matcher.knowledge)
    board = await _board(settings, matcher.knowledge, read=read_status)
    given = _answer(asked, board, matcher)
    if as_json:
        sys.stdout.write(json.dumps(as_data(given), ensure_ascii=False) + "\n")
    else:
        from bot.chat.plain import answer_as_text  # noqa: PLC0415 - JSON does without views

        sys.stdout.write(answer_as_text(given, matcher.knowledge, board) + "\n")
    if explain:
        from bot.commands.explain import explanation  # noqa: PLC0415 - only an editor asks for it

        sys.stdout.write(explanation(matcher, _question(asked)))
    return 0


async def ask_lines(settings: Settings, lines: Iterable[str], *, read_status: bool) -> int:
    """One JSON object in, one out, in order.

    Of a line that is none, its number and fault go to standard error; the others are answered, and
    the exit code is 1.
    """
    matcher = load_matcher(settings)
    board = await _board(settings, matcher.knowledge, read=read_status)
    code = 0
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                asked = _checked(_asked(line), matcher.knowledge)
            except OperatorError as error:
                sys.stderr.write(f"line {number}: {error}\n")
                code = 1
                continue
            data = as_data(_answer(asked, board, matcher))
            sys.stdout.write(json.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return code


async def _board(settings: Settings, knowledge: Knowledge, *, read: bool) -> Board:
    if not read:
        return unread_board(knowledge)
    from bot.looking import board_now  # noqa: PLC0415 - a question alone needs no HTTP

    return await board_now(settings, knowledge)


def _asked(line: str) -> Asked:
    try:
        return Asked(**Line.model_validate_json(line).model_dump())
    except (ValidationError, UnicodeEncodeError):
        mend = '{"text": "...", "language": "fr", "profession": "nurse"}'
        raise OperatorError(f"not such an object: {mend}") from None


def _checked(asked: Asked, knowledge: Knowledge) -> Asked:
    check_language(asked.language)
    return replace(asked, profession=chosen_profession(asked.profession, knowledge))


def _question(asked: Asked) -> Question:
    return Question(mask(asked.text).text, asked.language, asked.profession)


def _answer(asked: Asked, board: Board, matcher: KnowledgeMatcher) -> Answer:
    return answer(_question(asked), Context(), matcher.knowledge, matcher, board)


def as_data(given: Answer) -> dict[str, object]:
    """What `--json` prints: programs read it, so no field of it is renamed."""
    return {
        "kind": given.kind.value,
        "language": given.language,
        "profession": given.profession,
        "procedure": given.procedure.id if given.procedure else None,
        "candidates": [
            {"procedure": c.procedure, "score": round(c.score, 4)}
            for c in given.candidates[:CANDIDATES]
        ],
        "services": [service_data(service) for service in given.services],
    }


def service_data(service: ServiceStatus) -> dict[str, object]:
    """One service's state, for `ask` and `status`."""
    return {
        "service": service.service,
        "state": service.state.value,
        "checked_at": iso(service.checked_at),
        "stale": service.stale,
    }
