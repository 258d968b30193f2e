"""What a process that runs for months does not hold in memory: what it never uses, or used once."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from bot import lean
from bot.knowledge import Knowledge
from bot.loading import cache_dir, learn_apart, load_matcher, load_settings
from bot.matching import learned
from bot.settings import Settings

UNUSED = ("PIL", "alembic", "asyncpg", "pygments", "rich")
START = """
import sys
from bot.lean import leave_out
leave_out(webhook=sys.argv[1] == "webhook")
import bot.app
print(*(name for name in sys.argv[2:] if sys.modules.get(name)))
"""


@pytest.mark.parametrize(("way", "loaded"), [("polling", ""), ("webhook", "tornado")])
def test_what_the_running_bot_has_no_use_for_is_not_loaded(way: str, loaded: str) -> None:
    """A screen, a pen, a command line of HTTP; a web server, unless Telegram is to call it."""
    told = subprocess.run(
        [sys.executable, "-c", START, way, *UNUSED, "tornado"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == loaded.split()


@pytest.mark.parametrize("library", [None, object()], ids=["this machine's", "one without a trim"])
def test_memory_is_given_back_where_the_system_takes_it(
    library: object | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever C library is there, nothing breaks."""
    if library is not None:
        monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    lean.give_back()


@pytest.fixture(name="home")
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the environment, which a process that is started reads too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    return load_settings()


def test_the_base_is_learnt_in_a_process_of_its_own_once(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This one only reads what that one kept; where all is kept, no other is started."""

    def refused(knowledge: Knowledge) -> None:
        pytest.fail("learnt in this process")

    learn_apart(home)
    monkeypatch.setattr(learned, "learn", refused)
    monkeypatch.setattr(subprocess, "run", refused)
    learn_apart(home)
    assert load_matcher(home).procedures


def test_only_our_own_code_learns(home: Settings, tmp_path: Path) -> None:
    """Not a module that lies where the bot is started, whatever its name."""
    (tmp_path / "numpy.py").write_text("raise SystemExit", encoding="utf-8")
    learn_apart(home)
    assert list(cache_dir(home).glob("matching-*"))


@pytest.mark.parametrize("failure", [BlockingIOError(), subprocess.TimeoutExpired("x", 1)])
def test_where_no_other_process_can_learn_this_one_does(
    home: Settings, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    """A limit of processes, or one that hangs: the start goes on."""
    asked: list[object] = []

    def fails(*given: object, **_: object) -> None:
        asked.append(given)
        raise failure

    monkeypatch.setattr(subprocess, "run", fails)
    learn_apart(home)
    assert asked


@pytest.mark.parametrize("broken", ["knowledge", "cache"])
def test_what_stands_in_the_way_of_learning_is_told_later(
    home: Settings, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """No folder with knowledge, or no room for what was learnt: nothing is begun."""
    started: list[object] = []
    monkeypatch.setattr(subprocess, "run", lambda *given, **how: started.append(given))
    if broken == "knowledge":
        home = home.model_copy(update={"knowledge_dir": Path("nowhere")})
    else:
        home.data_dir.mkdir()
        cache_dir(home).write_text("in the way", encoding="utf-8")
    learn_apart(home)
    assert not started
