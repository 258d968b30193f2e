"""What every command starts from: settings, knowledge base, matcher, a board without a look.

Knows no Telegram, no SQL and no HTTP, so that a question from the command line is answered quickly.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from bot.answering import Answer, Context, Question, answer
from bot.clock import system_clock
from bot.faults import OperatorError, WrongUsageError
from bot.knowledge import LANGUAGES, Knowledge
from bot.knowledge.folder import read_files
from bot.knowledge.loader import fingerprint, load_knowledge
from bot.knowledge.naming import exactly, names_of, near, nearest
from bot.knowledge.problems import KnowledgeError
from bot.settings import Settings
from bot.status.board import build
from bot.status.model import Board
from bot.status.source_view import SourceView
from bot.status.topology import Topology

if TYPE_CHECKING:
    from bot.matching.matcher import KnowledgeMatcher

Loaded = TypeVar("Loaded")

OUR_CODE = Path(__file__).parents[1]
LEARNING_SECONDS = 120
LEARN = "from bot.loading import load_matcher, load_settings; load_matcher(load_settings())"


def load_settings() -> Settings:
    """The settings of the environment and .env; a wrong one is named, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        told = "; ".join(
            f"{str(e['loc'][0]).upper()}: {e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        )
        raise OperatorError(f"A setting cannot be used: {told}") from None
    except (OSError, UnicodeDecodeError) as error:
        mend = "make it a text file in UTF-8 that the bot's user can read, or remove it"
        raise OperatorError(f".env cannot be read ({type(error).__name__}): {mend}") from None


def check_language(language: str | None) -> None:
    """Refuses a language that there is not."""
    if language is not None and language not in LANGUAGES:
        raise WrongUsageError(f"no language of that name; there are {', '.join(LANGUAGES)}")


def chosen_profession(typed: str | None, knowledge: Knowledge) -> str | None:
    """The id of a profession, given by it or by a name that the chat takes. Refuses any other."""
    if typed is None:
        return None
    names = names_of(knowledge.professions.values())
    meant = exactly(typed, names)
    if meant is None:
        best = near(typed, names)
        told = f"; did you mean '{best[0]}'?" if best else "."
        there = ", ".join(knowledge.professions)
        raise WrongUsageError(f"no profession of that name{told} There are: {there}")
    return meant


def or_nearest(typed: str, known: Iterable[str]) -> str:
    """What a refusal adds: the id that was likely meant, if any is near."""
    best = nearest(typed, known)
    return f"; did you mean '{best}'?" if best else ""


def cache_dir(settings: Settings) -> Path:
    """Where what was read and learnt from the knowledge base is kept between starts."""
    return settings.data_dir / "cache"


def load_base(settings: Settings) -> Knowledge:
    """The knowledge base. Raises KnowledgeError with file, line and mend."""
    return _cached(partial(load_knowledge, settings.knowledge_dir), settings)


def load_matcher(settings: Settings) -> "KnowledgeMatcher":
    """The matcher over the knowledge base, with meaning where the extra `semantic` is there."""
    from bot.matching.encoder import installed  # noqa: PLC0415 - as the matcher
    from bot.matching.matcher import KnowledgeMatcher  # noqa: PLC0415 - numpy is half of a quick start

    return _cached(partial(KnowledgeMatcher, load_base(settings), meaning=installed()), settings)


def learn_apart(settings: Settings) -> None:
    """Learns what is not kept yet in a process of its own: memory that it took ends with it.

    What goes wrong there is not told: it will be where the matcher is loaded. Only this process's
    own code is run (`-P`: nothing of the working directory).
    """
    if not (sys.executable and _can_be_kept(settings)) or _is_kept(settings):
        return
    paths = filter(None, (str(OUR_CODE), os.environ.get("PYTHONPATH")))
    where = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-P", "-c", LEARN],
            env=where,
            stderr=subprocess.DEVNULL,
            timeout=LEARNING_SECONDS,
            check=False,
        )


def _can_be_kept(settings: Settings) -> bool:
    try:
        cache_dir(settings).mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(cache_dir(settings), os.W_OK)


def _is_kept(settings: Settings) -> bool:
    from bot.matching.learned import kept_at  # noqa: PLC0415 - as the matcher

    try:
        version = fingerprint(read_files(settings.knowledge_dir))
    except KnowledgeError:
        return True  # nothing can be learnt from it
    return kept_at(cache_dir(settings), version).is_file()


def _cached(load: Callable[[Path | None], Loaded], settings: Settings) -> Loaded:
    """Without the cache where its folder cannot be written or its disk is full: only slower."""
    try:
        return load(cache_dir(settings))
    except OSError:
        return load(None)


@dataclass
class Base:
    """The knowledge base and its matcher as they stand; a reload swaps both in one step."""

    matcher: "KnowledgeMatcher"

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge base."""
        return self.matcher.knowledge

    def answer(self, board: Board, question: Question, context: Context) -> Answer:
        """The main job, with the base as it stands."""
        return answer(question, context, self.knowledge, self.matcher, board)


def unread_board(knowledge: Knowledge) -> Board:
    """The board before any source was read."""
    topology = Topology(knowledge)
    views = [SourceView(source) for source in topology.sources.values()]
    return build(topology, views, {}, system_clock())
