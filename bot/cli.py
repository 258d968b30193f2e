"""The command line: each command parses, calls and prints. JSON goes to standard output alone.

Rooms are imported inside the commands: `ask` need not load Telegram, `check` need not load SQL.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.knowledge.problems import KnowledgeError
from bot.settings import Settings

DONE, FAILED, WRONG_USAGE = 0, 1, 2

cli = typer.Typer(
    name="bis",
    help="Bis says what a Belgian health professional does when e-health breaks.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Language = Annotated[str | None, typer.Option(help="fr, nl, de or en.")]
ProfessionOption = Annotated[
    str | None, typer.Option(help="Such as nurse, or any name of it that the chat takes.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs a command; a fault that an operator can mend ends in one clear line, no traceback."""
    from bot.faults import OperatorError, WrongUsageError

    try:
        cli()
    except KnowledgeError as error:
        _fail("The knowledge base cannot be used:\n" + str(error))
    except OperatorError as error:
        _fail(str(error), WRONG_USAGE if isinstance(error, WrongUsageError) else FAILED)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _fail(text: str, code: int = FAILED) -> NoReturn:
    sys.stderr.write(text + "\n")
    raise SystemExit(code)


def _run(
    make: Callable[[Settings], Coroutine[Any, Any, int]], settings: Settings | None = None
) -> None:
    raise typer.Exit(asyncio.run(make(settings or _settings())))


def _settings() -> Settings:
    from bot.loading import load_settings

    return load_settings()


@cli.command()
def run() -> None:
    """Run the Telegram bot (needs TELEGRAM_TOKEN)."""
    from bot.lean import leave_out
    from bot.loading import learn_apart

    settings = _settings()
    leave_out(webhook=settings.webhook_url is not None)
    if settings.telegram_token is not None:
        learn_apart(settings)  # before what else there is to load: together they would take more

    from bot.app import run_bot

    _run(run_bot, settings)


@cli.command()
def chat(language: Language = None, profession: ProfessionOption = None) -> None:
    """Talk to the same bot in the terminal, no token needed."""
    from bot.app import run_chat

    _run(lambda settings: run_chat(settings, language, profession))


@cli.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you would type in the chat.")] = None,
    language: Language = None,
    profession: ProfessionOption = None,
    as_json: AsJson = False,
    jsonl: Annotated[bool, typer.Option(help="Read a JSON object a line from stdin.")] = False,
    no_status: Annotated[bool, typer.Option(help="Read no source.")] = False,
    explain: Annotated[bool, typer.Option(help="Which words met what, and the scores.")] = False,
) -> None:
    """Answer one question, or with --jsonl one a line."""
    from bot.commands.ask import Asked, ask_lines, ask_one

    if jsonl:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(
                errors="surrogateescape"
            )  # a line that is no UTF-8 is told as such
        _run(lambda settings: ask_lines(settings, sys.stdin, read_status=not no_status))
    if not (question and question.strip()):
        raise typer.BadParameter("Give a question, or --jsonl and questions on standard input.")
    asked = Asked(question, language, profession)
    _run(
        lambda settings: ask_one(
            settings, asked, read_status=not no_status, as_json=as_json, explain=explain
        )
    )


@cli.command()
def status(
    profession: ProfessionOption = None,
    service: Annotated[str | None, typer.Option(help="An id of services.yaml.")] = None,
    as_json: AsJson = False,
    history: Annotated[str | None, typer.Option(help="Transitions of the last, e.g. 7d.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV (with --history).")] = False,
    language: Language = None,
) -> None:
    """Read the sources once and print the board, or the history that the bot has kept."""
    from bot.commands.status import Wanted, print_status

    if as_csv and as_json:
        raise typer.BadParameter("Choose one of --csv and --json.")
    if as_csv and history is None:
        raise typer.BadParameter("--csv prints the transitions of --history, such as 7d.")
    wanted = Wanted(profession, service, language or "en", as_json=as_json, as_csv=as_csv)
    if history is not None:
        from bot.commands.history import print_history

        _run(lambda settings: print_history(settings, wanted, history))
    _run(lambda settings: print_status(settings, wanted))


@cli.command()
def sources(as_json: AsJson = False) -> None:
    """Read each source now: what was understood, what not, and why."""
    from bot.commands.sources import print_sources

    _run(lambda settings: print_sources(settings, as_json=as_json))


@cli.command()
def read(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE [FILE]")],
    as_json: AsJson = False,
) -> None:
    """What a reader makes of a saved body (two files where a format needs two)."""
    from bot.commands.read import print_reading

    raise typer.Exit(print_reading(_settings(), format_name, files, as_json=as_json))


@cli.command()
def check(as_json: AsJson = False) -> None:
    """Check the knowledge base and the locales: file:line: what, and how to mend it."""
    from bot.commands.check import print_check

    raise typer.Exit(print_check(_settings(), as_json=as_json))


@cli.command()
def evaluate(file: Path, as_json: AsJson = False) -> None:
    """How well the questions of a JSONL file are answered."""
    from bot.commands.evaluate import print_evaluation

    raise typer.Exit(print_evaluation(_settings(), file, as_json=as_json))


@cli.command()
def replay(file: Path) -> None:
    """Play a recorded timeline of source bodies and print each transition and ping."""
    from bot.commands.replay import print_replay

    _run(lambda settings: print_replay(settings, file))


@cli.command()
def show(procedure: str, language: Language = None) -> None:
    """Print an entry as the chat would show it."""
    from bot.commands.show import print_entry

    raise typer.Exit(print_entry(_settings(), procedure, language))


@cli.command()
def new(procedure: str) -> None:
    """Print a skeleton entry with comments, to be filled in."""
    from bot.commands.new import print_skeleton

    raise typer.Exit(print_skeleton(_settings(), procedure))


@cli.command()
def schema(
    write: Annotated[bool, typer.Option(help="Write knowledge/schemas/ anew.")] = False,
) -> None:
    """Print or write the JSON Schemas that editors complete and underline with."""
    from bot.commands.schema import print_schemas

    raise typer.Exit(print_schemas(_settings(), write=write))
