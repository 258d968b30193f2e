"""`evaluate`: the measures over a question file, as tables for people or as JSON."""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from bot.faults import OperatorError, WrongUsageError
from bot.loading import load_matcher
from bot.matching.evaluation import (
    MEASURES,
    Case,
    Measure,
    Result,
    Share,
    calibration_error,
    confusions,
    evaluate,
    reliability,
    worst,
)
from bot.matching.model import Context
from bot.settings import Settings

WORST = 10


def print_evaluation(settings: Settings, file: Path, *, as_json: bool) -> int:
    """Asks every question of the file and prints how it went. Returns the exit code."""
    cases = read_cases(file)
    matcher = load_matcher(settings)
    now = datetime.now(UTC)
    results = evaluate(cases, lambda q: matcher.match(q, Context(), frozenset(), now))
    if as_json:
        sys.stdout.write(json.dumps(as_data(results), ensure_ascii=False) + "\n")
    else:
        _print_tables(Console(), results)
    return 0


def read_cases(file: Path) -> list[Case]:
    """One case a line. Raises OperatorError with the number of a line that is none."""
    cases = []
    for number, line in enumerate(_lines(file), start=1):
        try:
            if line.strip():
                cases.append(Case.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or "line"
            raise OperatorError(f"{file}:{number}: {place}: {fault['msg']}") from None
    return cases


def _lines(file: Path) -> list[str]:
    if file.is_dir():
        raise WrongUsageError(f"{file}: this is a folder; name the file of questions in it")
    if not file.is_file():
        raise WrongUsageError(f"{file}: there is no such file")
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise OperatorError(f"{file}: save it as text in UTF-8") from None


def groups(results: Sequence[Result]) -> dict[str, list[Result]]:
    """All results, then those of each language and of each style."""
    found = {"all": list(results)}
    keys: tuple[Callable[[Result], str], ...] = (lambda r: r.case.lang, lambda r: r.case.style)
    for key in keys:
        for name in sorted({key(result) for result in results if key(result)}):
            found[name] = [result for result in results if key(result) == name]
    return found


def as_data(results: Sequence[Result]) -> dict[str, object]:
    """The whole evaluation as plain data."""
    return {
        "measures": {
            name: {measure.name: _share(measure, measure.over(mine)) for measure in MEASURES}
            for name, mine in groups(results).items()
        },
        "expected_calibration_error": round(calibration_error(results), 4),
        "reliability": [vars(one) for one in reliability(results)],
        "confusions": [
            {"expected": expected, "given": given, "count": count}
            for expected, given, count in confusions(results)
        ],
    }


def _share(measure: Measure, share: Share) -> dict[str, object]:
    low, high = share.interval
    return {
        "share": round(share.value, 4) if share.total else None,
        "hits": share.hits,
        "of": share.total,
        "low": round(low, 4),
        "high": round(high, 4),
        "wanted": measure.wanted,
        "at_least": measure.at_least,
    }


def _print_tables(console: Console, results: Sequence[Result]) -> None:
    console.print(_measures(results))
    console.print(_by_group(results))
    console.print(f"expected calibration error {calibration_error(results):.3f} (at most 0.05)")
    console.print(_reliability(results))
    for expected, given, count in confusions(results)[:20]:
        console.print(f"{count} x {expected} -> {given}", markup=False)
    console.print("Wrong with the most confidence:")
    for result in worst(results, WORST):
        line = f"{result.score:.2f} {result.case.kind} {result.first}: {result.case.q}"
        console.print(line, markup=False)


def _measures(results: Sequence[Result]) -> Table:
    table = Table("measure", "share", "of", "95 %", "wanted", title="All questions")
    for measure in MEASURES:
        share = measure.over(results)
        low, high = share.interval
        sign = "at least" if measure.at_least else "at most"
        wanted = f"{sign} {measure.wanted:.0%}"
        told = _percent(share)
        table.add_row(measure.name, told, str(share.total), f"{low:.0%} - {high:.0%}", wanted)
    return table


def _by_group(results: Sequence[Result]) -> Table:
    table = Table("", *(m.short for m in MEASURES), title="By language and style", padding=0)
    for name, mine in groups(results).items():
        table.add_row(name, *(_percent(measure.over(mine)) for measure in MEASURES))
    return table


def _reliability(results: Sequence[Result]) -> Table:
    table = Table("claimed", "right", "questions", title="Reliability")
    for one in reliability(results):
        table.add_row(f"{one.claimed:.2f}", f"{one.right:.2f}", str(one.count))
    return table


def _percent(share: Share) -> str:
    return f"{share.value:.1%}" if share.total else "-"
