"""What the chat would show, as plain text: for the command line and for the editor's checks."""

from datetime import UTC, datetime

from bot.answering import Answer, AnswerKind, show
from bot.chat.markup import Html, joined, stripped, units
from bot.chat.views import answer as answer_view
from bot.chat.views import choice, status, unknown, works
from bot.chat.voice import Voice
from bot.knowledge import Knowledge, Procedure
from bot.status.model import Board
from bot.words import Words


def answer_as_text(given: Answer, knowledge: Knowledge, board: Board) -> str:
    """An answer of any kind; the labels of its buttons follow it."""
    voice = Voice(Words(), given.language, knowledge, board.at)
    note = voice.say("danger-note") if given.danger else None
    if given.kind is AnswerKind.ANSWER:
        # nobody can press a button here: what stands behind it follows
        first = voice.say("works-now") if given.look else note
        whole = stripped(whole_answer(voice, given))
        return f"{first}\n\n{whole}" if first else whole
    view = choice.candidates(voice, given, note)
    if given.look is not None:
        view = works.render(voice, given, note)
    if given.kind is AnswerKind.UNKNOWN:
        view = unknown.render(voice, given, note)
    labels = [f"[{label}]" for row in view.buttons for label, _ in row]
    return "\n".join((stripped(Html(view.text)), *labels))


def procedure_as_text(procedure: Procedure, language: str, knowledge: Knowledge) -> str:
    """An entry with all its parts, as if nothing were known of its services."""
    return stripped(_shown(Voice(Words(), language, knowledge, datetime.now(UTC)), procedure))


def rendered_length(voice: Voice, procedure: Procedure) -> int:
    """UTF-16 units of the entry as it is shown, sources included."""
    return units(_shown(voice, procedure))


def board_as_text(
    board: Board, knowledge: Knowledge, language: str, profession: str | None, service: str | None
) -> str:
    """/status, all pages of it."""
    voice = Voice(Words(), language, knowledge, board.at)
    if service is not None:
        return stripped(Html(status.of_service(voice, board, service, subscribed=False).text))
    return stripped(status.whole(voice, board, profession))


def whole_answer(voice: Voice, given: Answer) -> Html:
    """A procedure with its sources, on one page however long."""
    procedure = given.procedure
    if procedure is None:
        return Html("")
    parts = (*answer_view.body(voice, given), answer_view.sources(voice, procedure))
    return joined(parts, "\n\n")


def _shown(voice: Voice, procedure: Procedure) -> Html:
    return whole_answer(voice, show(procedure, voice.language, None, Board(at=voice.now)))
