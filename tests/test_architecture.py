"""The house as it was meant: arrows, sizes, words in their place, all of it documented."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from bot.chat.commands import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "bot").rglob("*.py"))
OPERATORS = (ast.Raise, ast.Compare)
LONGEST_FILE = 250
SHORT_FUNCTION = 30
FOR_PEOPLE = ("chat", "console")
"""Rooms that speak to users: their sentences stand in locales/."""
FOR_NOBODY = frozenset(
    """EDIT_NOT_FOUND GONE HOW_TO_GET_ONE MAY_NOT_WRITE NOT_MODIFIED NO_LONGER_THERE NO_THREAD
    UNKNOWN_TOKEN""".split()
)
"""Constants of these rooms that no user reads."""
SENTENCE = re.compile(r"[A-Za-zÀ-ÿ’']{2,}(?: [A-Za-zÀ-ÿ’']+){3,}")


def functions() -> Iterator[tuple[str, int]]:
    """Each function of bot/ and its lines."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines


def test_the_arrows_run_one_way() -> None:
    """The contracts of pyproject.toml, checked by import-linter itself."""
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed: pip install -e '.[test]'")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_files_are_short() -> None:
    """A reader sees a file whole; migrations stay as they were written."""
    sizes = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
        if "migrations" not in path.parts
    }
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    """Nine of ten under thirty lines, half of them under ten."""
    sizes = sorted(lines for _, lines in functions())
    assert sizes[len(sizes) // 2] < 10
    assert sizes[int(len(sizes) * 0.9)] < SHORT_FUNCTION


def test_words_for_people_stand_in_locales_alone() -> None:
    """Where users are spoken to, no string of four words or more stands in the code.

    Errors, logs, docstrings and texts of Telegram that are compared with are no words for them.
    """
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}"
        for path in FILES
        if path.relative_to(ROOT / "bot").parts[0] in FOR_PEOPLE
        for node in spoken(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node.value, str) and SENTENCE.search(node.value)
    ]
    assert found == []


def test_a_sentence_in_a_constant_is_found() -> None:
    """A name in capitals alone does not hide it."""
    [found] = spoken(ast.parse('HELLO = "this is a sentence for a nurse"'))
    assert found.lineno == 1


def spoken(tree: ast.Module) -> Iterator[ast.Constant]:
    """String constants but docstrings, what is raised and logged, and constants' comments."""
    for_operators = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, OPERATORS) or _is_docstring(node) or _is_call(node) or _is_named(node)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in for_operators:
            yield node


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_call(node: ast.AST) -> bool:
    """A log record, or an error that is made to be raised elsewhere."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute):
        owner = node.func.value
        return isinstance(owner, ast.Name) and owner.id in ("log", "logger")
    return isinstance(node.func, ast.Name) and node.func.id.endswith("Error")


def _is_named(node: ast.AST) -> bool:
    """Texts of Telegram that are compared with, and faults of operators: those agreed on."""
    return isinstance(node, ast.Assign) and all(
        isinstance(target, ast.Name) and target.id in FOR_NOBODY for target in node.targets
    )


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_each_command_is_documented(name: str) -> None:
    """README.md tells it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"/{name}" in readme, f"README.md does not tell of /{name}: add it to its table"


@pytest.mark.parametrize("name", [name.upper() for name in Settings.model_fields])
def test_each_setting_is_documented(name: str) -> None:
    """README.md tells what it does and its default."""
    told = defaults_in_the_readme()
    assert name in told, f"README.md does not tell of {name}: add it to its table"
    default = Settings.model_fields[name.lower()].default
    if isinstance(default, str | int | float | Path):
        assert told[name].strip("`").casefold() == str(default).casefold()


def defaults_in_the_readme() -> dict[str, str]:
    """By setting, as its table says: one row may tell of several, in the same order."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[A-Z].*?) \|(.*?)\|", readme, re.MULTILINE)
    return {
        name.strip(" `"): default.strip()
        for names, defaults in rows
        for name, default in zip_longest(names.split(","), defaults.split(","), fillvalue="")
    }
