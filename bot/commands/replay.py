"""`replay`: a recorded timeline through the real watcher, at speed; each transition and ping."""

import sys
from pathlib import Path

from bot.faults import OperatorError
from bot.settings import Settings
from bot.status.hysteresis import Thresholds
from bot.status.replay import differences, replay
from bot.status.timeline import TimelineError, load


async def print_replay(settings: Settings, file: Path) -> int:
    """Prints what happened. Exit code 1 where the timeline says that it should go otherwise."""
    try:
        timeline = load(file)
    except TimelineError as error:
        raise OperatorError(str(error)) from None
    except OSError as error:
        raise OperatorError(f"{file}: {error.strerror}") from None
    records = await replay(
        timeline,
        folder=file.parent,
        thresholds=Thresholds.of(settings),
        say=_say,
    )
    wrong = differences(timeline, records)
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
