"""How well questions are answered: measures over a file of questions with what answers them.

A question is `in` (one of `expect` answers it), `vague` (to be asked back) or `oos` (out of scope).
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.matching.model import BUTTONS, AnswerKind, Match, Question

EDITED_SHARE = 0.3
Z_95 = 1.96


class Case(BaseModel):
    """One line of a question file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    q: str = Field(min_length=1)
    lang: Literal["fr", "nl", "de", "en"]
    profession: str | None = None
    kind: Literal["in", "vague", "oos"]
    expect: tuple[str, ...] = ()
    style: str = ""


@dataclass(frozen=True)
class Result:
    """What came of one case. `detected`: the reply language with no setting given."""

    case: Case
    match: Match
    edited: Match
    detected: str

    @property
    def first(self) -> str | None:
        """The best candidate."""
        return self.match.candidates[0].procedure if self.match.candidates else None

    @property
    def score(self) -> float:
        """The probability that is claimed for it."""
        return self.match.candidates[0].score if self.match.candidates else 0.0


@dataclass(frozen=True)
class Share:
    """`hits` of `total`, with its Wilson 95 % interval (E. B. Wilson, 1927)."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; nan where there is nothing to count."""
        return self.hits / self.total if self.total else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound."""
        if not self.total:
            return 0.0, 1.0
        n, p, z = self.total, self.value, Z_95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Measure:
    """A row of the table. `short`: its name over a column. `at_least`: whether more is better.

    `wanted`: what is to be reached.
    """

    name: str
    short: str
    of: str
    hit: Callable[[Result], bool]
    wanted: float
    at_least: bool = True

    def over(self, results: Iterable[Result]) -> Share:
        """The share of hits among the results of this measure's kind."""
        mine = [r for r in results if self.of in ("any", r.case.kind)]
        return Share(sum(self.hit(r) for r in mine), len(mine))


def _right(match: Match, case: Case) -> bool:
    return bool(match.candidates) and match.candidates[0].procedure in case.expect


def _one_tap(result: Result) -> bool:
    if result.match.kind is AnswerKind.ANSWER:
        return _right(result.match, result.case)
    return result.match.kind is AnswerKind.CHOICE and _button(result)


def _button(result: Result) -> bool:
    return any(c.procedure in result.case.expect for c in result.match.candidates[:BUTTONS])


def _wrong_answer(result: Result) -> bool:
    return result.match.kind is AnswerKind.ANSWER and not _right(result.match, result.case)


def _asked_back(result: Result) -> bool:
    if result.match.kind is AnswerKind.ANSWER:
        return False
    return not result.case.expect or (result.match.kind is AnswerKind.CHOICE and _button(result))


MEASURES = (
    Measure("first candidate right", "first", "in", lambda r: _right(r.match, r.case), 0.75),
    Measure("right answer or right button", "one tap", "in", _one_tap, 0.90),
    Measure("wrong procedure as answer", "wrong", "in", _wrong_answer, 0.05, at_least=False),
    Measure(
        "out of scope answered",
        "out of scope",
        "oos",
        lambda r: r.match.kind is AnswerKind.ANSWER,
        0.05,
        at_least=False,
    ),
    Measure("vague asked back", "vague", "vague", _asked_back, 0.85),
    Measure("first right, words edited", "edited", "in", lambda r: _right(r.edited, r.case), 0.70),
    Measure("reply language right", "language", "any", lambda r: r.detected == r.case.lang, 0.95),
)


def evaluate(
    cases: Sequence[Case], match: Callable[[Question], Match], seed: int = 1
) -> list[Result]:
    """Asks each case three times: as it is, with random edits, and with nothing set."""
    chance = random.Random(seed)  # noqa: S311 - chance for typing slips, not for secrets
    return [
        Result(
            case=case,
            match=match(Question(case.q, case.lang, case.profession)),
            edited=match(Question(with_slips(case.q, chance), case.lang, case.profession)),
            detected=match(Question(case.q, None, case.profession)).language,
        )
        for case in cases
    ]


def with_slips(text: str, chance: random.Random) -> str:
    """The text with one random edit in 30 % of its words of four or more letters."""

    def slipped(found: re.Match[str]) -> str:
        word = found.group()
        return _edited(word, chance) if chance.random() < EDITED_SHARE else word

    return re.sub(r"[^\W\d_]{4,}", slipped, text)


def _edited(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    edits = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return chance.choice(edits)


def confusions(results: Iterable[Result]) -> list[tuple[str, str, int]]:
    """(expected, given instead, how often), most often first."""
    pairs = Counter(
        (result.case.expect[0], result.first or "nothing")
        for result in results
        if result.case.kind == "in" and not _right(result.match, result.case)
    )
    return [(expected, given, count) for (expected, given), count in pairs.most_common()]


def worst(results: Iterable[Result], count: int = 10) -> list[Result]:
    """Wrong ones that were claimed with the most confidence."""
    wrong = [
        result
        for result in results
        if (result.case.kind == "in" and not _right(result.match, result.case))
        or (result.case.kind == "oos" and result.match.kind is AnswerKind.ANSWER)
    ]
    return sorted(wrong, key=lambda result: -result.score)[:count]


@dataclass(frozen=True)
class Bin:
    """Questions whose first candidate was claimed with about the same probability."""

    low: float
    high: float
    count: int
    claimed: float
    right: float


def reliability(results: Iterable[Result], bins: int = 10) -> list[Bin]:
    """Claimed probability against how often the first candidate was right (oos: never)."""
    rows = [
        (result.score, result.case.kind == "in" and _right(result.match, result.case))
        for result in results
        if result.case.kind != "vague" and result.first is not None
    ]
    found = []
    for n in range(bins):
        low, high = n / bins, (n + 1) / bins
        mine = [(s, r) for s, r in rows if low <= s < high or (n == bins - 1 and s == 1)]
        if mine:
            claimed = sum(s for s, _ in mine) / len(mine)
            right = sum(r for _, r in mine) / len(mine)
            found.append(Bin(low, high, len(mine), claimed, right))
    return found


def calibration_error(results: Sequence[Result]) -> float:
    """Expected calibration error over ten bins (Naeini et al., AAAI 2015)."""
    bins = reliability(results)
    total = sum(one.count for one in bins) or 1
    return sum(one.count * abs(one.claimed - one.right) for one in bins) / total
