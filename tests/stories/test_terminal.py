"""The terminal as a real process, in a window of forty columns."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.stories.conftest import TRACEBACK
from tests.stories.folder import Content
from tests.stories.process import environment, with_cache
from tests.stories.site import StatusSite

pytestmark = pytest.mark.asyncio(loop_scope="module")

COLUMNS = 40
QUESTIONS = {
    "fr": "recip-e en panne, comment délivrer ?",
    "nl": "Recip-e ligt plat, hoe lever ik af?",
    "de": "Recip-e streikt, wie gebe ich ab?",
    "en": "recip-e is down, how do I dispense?",
}


async def talk(content: Content, folder: Path, language: str, *lines: str) -> str:
    """What `python -m bot chat` shows for these lines from a pipe."""
    settings = {"COLUMNS": str(COLUMNS), "PYTHONUTF8": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "chat", "--language", language, "--profession", "pharmacist"),
        cwd=folder,
        env=environment(content, with_cache(content, folder / "data"), **settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    shown, told = await process.communicate("".join(f"{line}\n" for line in lines).encode())
    assert process.returncode == 0, told.decode()
    assert TRACEBACK not in told.decode()
    return shown.decode()


async def test_a_conversation_fits_a_narrow_window(
    content: Content, site: StatusSite, tmp_path: Path
) -> None:
    """A question, a number for a button, /status: no line is wider, except for an address."""
    after = ("1", "/status", "/help")
    shown = await asyncio.gather(
        *(
            talk(content, tmp_path / language, language, question, *after)
            for language, question in QUESTIONS.items()
        )
    )
    for told in shown:
        assert "  [1] " in told
        assert "\n> 1\n" in told
        assert [line for line in told.splitlines() if is_wide(line)] == []


def is_wide(line: str) -> bool:
    return len(line) > COLUMNS and "https://" not in line
