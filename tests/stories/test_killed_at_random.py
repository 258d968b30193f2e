"""The bot is killed in the middle of pings; `python -m tests.crash --whole` does it fifty times."""

from pathlib import Path

from tests.crash import whole
from tests.stories.folder import Content

KILLS = 4
COLLEAGUES = 40


async def test_killed_in_the_middle_of_pings_it_loses_none(
    content: Content, tmp_path: Path
) -> None:
    """One kill a flip, so that no copy waits for its second repeat; two of onsets, two of ends."""
    result = await whole.trial(KILLS, tmp_path, content, COLLEAGUES, a_flip=1)
    result.check()
