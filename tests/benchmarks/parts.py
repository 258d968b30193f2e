"""What each part of matching brings: the measures with that part left out."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TextIO

import numpy as np

from bot.knowledge import Knowledge, Localized, LocalizedLists
from bot.matching import building
from bot.matching.evaluation import MEASURES, Case, evaluate, with_slips
from bot.matching.index import Scores
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.model import BUTTONS, Context
from bot.matching.spelling import spelling
from tests.benchmarks.folds import Held, folds

FOLDS = 4
ASKED = 600
"""Questions asked of each fold, by chance; the same ones for each part."""
NOW = datetime(2026, 1, 1, tzinfo=UTC)

Base = Callable[[Knowledge], Knowledge]
Matching = Callable[[KnowledgeMatcher], KnowledgeMatcher]

EMPTY = Localized(fr="…", nl="…", de="…", en="…")
NONE = LocalizedLists(fr=("…",), nl=("…",), de=("…",), en=("…",))


@dataclass(frozen=True)
class Part:
    """A part, and how it is left out: of the base, or of the matcher."""

    name: str
    base: Base = lambda knowledge: knowledge
    matching: Matching = lambda matcher: matcher
    log_odds: float = building.LOG_ODDS_SHARE


class OneChannel(KnowledgeMatcher):
    """A matcher that hears one channel; `silent` names the other."""

    silent = "words"

    def scores(self, text: str) -> Scores:
        """The scores without the silent channel."""
        found = super().scores(text)
        return replace(found, **{self.silent: np.zeros_like(found.words)})


class WordsAlone(OneChannel):
    """A matcher without the channel of the runs."""

    silent = "runs"


def _lexicon(**left_out: object) -> Base:
    return lambda knowledge: replace(
        knowledge, lexicon=knowledge.lexicon.model_copy(update=left_out)
    )


def _entries(**left_out: object) -> Base:
    return lambda knowledge: replace(
        knowledge,
        procedures={p.id: p.model_copy(update=left_out) for p in knowledge.procedures.values()},
    )


def _heard_by(kind: type[KnowledgeMatcher]) -> Matching:
    def heard(matcher: KnowledgeMatcher) -> KnowledgeMatcher:
        matcher.__class__ = kind
        return matcher

    return heard


def _as_typed(matcher: KnowledgeMatcher) -> KnowledgeMatcher:
    matcher.learned = replace(matcher.learned, spelling=spelling({}))
    return matcher


PARTS = (
    Part("everything"),
    Part("joins", _lexicon(joins={})),
    Part("fillers", _lexicon(fillers=())),
    Part("synonyms", _lexicon(synonyms=())),
    Part("decoys", _lexicon(decoys=None)),
    Part("slips mended", matching=_as_typed),
    Part("words channel", matching=_heard_by(OneChannel)),
    Part("runs channel", matching=_heard_by(WordsAlone)),
    Part("log-odds", log_odds=0.0),
    Part("title", _entries(title=EMPTY)),
    Part("trigger", _entries(trigger=EMPTY)),
    Part("steps", _entries(steps=())),
    Part("keywords", _entries(keywords=NONE)),
    Part("questions", _entries(questions=NONE)),
)


def print_parts(knowledge: Knowledge, cases: Sequence[Case], out: TextIO) -> None:
    """One row a part: held-out questions as they are and with slips, then the file's measures."""
    held_out = list(folds(knowledge, FOLDS))
    asked = [random.Random(n).sample(_in_scope(f.held), ASKED) for n, f in enumerate(held_out)]
    shown = MEASURES[:6] if cases else ()
    names = "".join(f" {measure.short} |" for measure in shown)
    out.write(f"| without | top 1 | top {BUTTONS} | top 1, slips |{names}\n|---|" + "--:|" * 3)
    out.write("--:|" * len(shown) + "\n")
    for part in PARTS:
        with _log_odds(part.log_odds):
            found = [
                _hits(part.matching(KnowledgeMatcher(part.base(fold.base))), held)
                for fold, held in zip(held_out, asked, strict=True)
            ]
            own = np.concatenate(found).mean(axis=0)
            others = _on_file(part.matching(KnowledgeMatcher(part.base(knowledge))), cases)
        cells = " | ".join(f"{100 * value:.1f}" for value in (*own, *others))
        out.write(f"| {part.name} | {cells} |\n")
        out.flush()


def _in_scope(held: Sequence[Held]) -> list[Held]:
    return [one for one in held if one.right]


@contextmanager
def _log_odds(share: float) -> Iterator[None]:
    before = building.LOG_ODDS_SHARE
    building.LOG_ODDS_SHARE = share
    yield
    building.LOG_ODDS_SHARE = before


def _hits(
    matcher: KnowledgeMatcher, held: Sequence[Held]
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    chance = random.Random(1)
    rows = []
    for one in held:
        plain = _given(matcher, one.text)
        slipped = _given(matcher, with_slips(one.text, chance))
        first = bool(one.right & set(plain[:1]))
        near = bool(one.right & set(plain[:BUTTONS]))
        rows.append((first, near, bool(one.right & set(slipped[:1]))))
    return np.array(rows)


def _given(matcher: KnowledgeMatcher, text: str) -> list[str]:
    return [c.procedure for c in matcher.evidence(text, None, frozenset()).candidates]


def _on_file(matcher: KnowledgeMatcher, cases: Sequence[Case]) -> list[float]:
    if not cases:
        return []
    results = evaluate(cases, lambda q: matcher.match(q, Context(), frozenset(), NOW))
    return [measure.over(results).value for measure in MEASURES[:6]]
