"""How long an answer takes beside other ways to find it: `python -m tests.benchmarks.matching`.

Printed, not asserted: machines differ. Times are of the processor, so that a machine that others
use does not colour them; the median on the clock stands beside. Sizes can be named as arguments.
The other ways are given less to do than they would have (see README.md) and need the extra `bench`.
"""

import importlib.util
import os
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median

from rapidfuzz import fuzz, process

from bot.knowledge import LANGUAGES, Knowledge
from bot.loading import load_base, load_settings
from bot.matching.learned import texts_for_matching
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import Context, Question
from tests.benchmarks.growing import asked_of, fresh, grown

SIZES = (122, 1_000, 10_000)
QUESTIONS = 500
TRACED_UP_TO = 1_000
"""Memory is traced up to this size: tracing a larger build takes minutes."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Ask = Callable[[str], object]


@dataclass(frozen=True)
class Way:
    """A way to find an entry. `questions`: how many it is asked, fewer where each takes long."""

    name: str
    ask: Ask
    questions: int
    build_seconds: float


@dataclass(frozen=True)
class Timing:
    """Milliseconds a question: processor time, and the median on the clock."""

    middle: float
    p99: float
    clock: float


def main(sizes: Sequence[int]) -> None:
    """Prints one table for each size, then how ours grows."""
    knowledge = load_base(load_settings())
    _told(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {sys.version.split()[0]}")
    _told(f"a million additions take {_million_additions():.0f} ms here")
    rows = [_measured(knowledge, size) for size in sizes]
    _told("\ngrowth of ours, to the row above: entries, build, warm, cold")
    for (small, before), (large, after) in zip(
        zip(sizes, rows, strict=True), list(zip(sizes, rows, strict=True))[1:], strict=False
    ):
        told = " ".join(f"x{new / old:.1f}" for old, new in zip(before, after, strict=True))
        _told(f"{small} -> {large}: x{large / small:.1f} {told}")


def _million_additions() -> float:
    """Milliseconds of the processor: about 40 where a core of 2023 is left alone."""
    times, total = [], 0
    for _ in range(5):
        began = time.process_time()
        for number in range(1_000_000):
            total += number
        times.append((time.process_time() - began) * 1000)
    return median(times)


def _measured(knowledge: Knowledge, size: int) -> tuple[float, float, float]:
    base = grown(knowledge, size)
    _told(f"\n{size} entries; milliseconds: median, p99, clock median | build s | questions")
    texts = asked_of(knowledge, QUESTIONS)
    began = time.process_time()
    matcher = KnowledgeMatcher(base)
    built = time.process_time() - began
    ask = partial(_ask, matcher)
    for text in (*texts, "onbekendd"):
        ask(text)  # what is made at the first question is made at the start of the bot
    warm = _row(Way("ours, warm", ask, QUESTIONS, built), texts, None)
    cold = _row(Way("ours, fresh words", ask, QUESTIONS, built), fresh(texts), None)
    for way in _others(base):
        _row(way, texts, warm.middle)
    if size <= TRACED_UP_TO:
        _told(f"memory of the build: {_memory(base)}")
    return built, warm.middle, cold.middle


def _ask(matcher: KnowledgeMatcher, text: str) -> object:
    return matcher.match(Question(text), Context(), frozenset(), NOW)


def _row(way: Way, texts: Sequence[str], ours: float | None) -> Timing:
    timing = _timed(way.ask, texts[: way.questions])
    times = "" if ours is None else f"  x{timing.middle / ours:.0f} of ours, warm"
    _told(
        f"{way.name:26} {timing.middle:9.3f} {timing.p99:9.3f} {timing.clock:9.3f} |"
        f" {way.build_seconds:6.2f} | {way.questions}{times}"
    )
    return timing


def _timed(ask: Ask, texts: Sequence[str]) -> Timing:
    used, passed = [], []
    for text in texts:
        began, clock = time.process_time(), time.perf_counter()
        ask(text)
        used.append((time.process_time() - began) * 1000)
        passed.append((time.perf_counter() - clock) * 1000)
    return Timing(median(used), sorted(used)[int(len(used) * 0.99)], median(passed))


def _others(base: Knowledge) -> Iterator[Way]:
    """With rapidfuzz one looks at each question and title; the others at one text an entry."""
    size = len(base.procedures)
    lines = [
        text
        for procedure in base.procedures.values()
        for language in LANGUAGES
        for text in (procedure.title[language], *procedure.questions[language])
    ]
    few = max(3, 20_000 // size)
    for scorer in (fuzz.WRatio, fuzz.token_set_ratio):
        extract = partial(_extract, lines, scorer)
        yield Way(f"rapidfuzz {scorer.__name__}", extract, min(few, 60), 0.0)
    whole = [
        " ".join(text for language in LANGUAGES for text in texts_for_matching(p, language))
        for p in base.procedures.values()
    ]
    for module, make in (("bm25s", _bm25s), ("sklearn", _characters)):
        if importlib.util.find_spec(module) is None:
            _told(f"{module} is not installed (extra bench)")
            continue
        began = time.process_time()
        ask = make(whole)
        yield Way(module, ask, min(max(20, few * 5), QUESTIONS), time.process_time() - began)


def _extract(lines: Sequence[str], scorer: Callable[..., float], text: str) -> object:
    return process.extractOne(text, lines, scorer=scorer)


def _bm25s(texts: Sequence[str]) -> Ask:
    import bm25s  # noqa: PLC0415 - of the extra `bench`

    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    return lambda text: retriever.retrieve(
        bm25s.tokenize(text, show_progress=False), k=4, show_progress=False
    )


def _characters(texts: Sequence[str]) -> Ask:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - the same

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    kept = vectorizer.fit_transform(texts).T.tocsr()
    return lambda text: (vectorizer.transform([text]) @ kept).toarray().argmax()


def _memory(base: Knowledge) -> str:
    tracemalloc.start()
    matcher = KnowledgeMatcher(base)
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    postings = len(matcher.learned.index.entries)
    return f"kept {held / 1e6:.0f} MB, at most {peak / 1e6:.0f} MB, {postings} postings"


def _told(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
