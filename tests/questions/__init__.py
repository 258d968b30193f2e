"""Questions that measure matching, held out of the base: none may be taken into it.

`{fr,nl,de,en}.jsonl`: 150 each, by writers who knew the situations and had not seen the base's
words. QUESTIONS may name a further file of the same form.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.commands.evaluate import read_cases
from bot.matching.evaluation import Case

OWN = tuple(sorted(Path(__file__).parent.glob("*.jsonl")))
MORE = tuple(Path(one) for one in [os.environ.get("QUESTIONS", "")] if one)


def held_out(files: Sequence[Path]) -> list[Case]:
    """The questions of these files."""
    return [case for file in files for case in read_cases(file)]
