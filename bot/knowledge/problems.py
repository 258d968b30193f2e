"""A fault in the knowledge base: where it stands, what it is and how to mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """`path` is relative to the knowledge folder; `line` and `column` count from 1."""

    path: str
    line: int
    column: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what} -> {self.mend}"


class KnowledgeError(Exception):
    """The knowledge base cannot be used; carries every problem that was found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def whole_file(path: Path, what: str, mend: str) -> Problem:
    """A problem that no line of the file is to blame for."""
    return Problem(path.name, 1, 1, what, mend)
