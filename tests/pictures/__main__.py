"""`python -m tests.pictures`: a real conversation in the terminal, drawn as chat.svg beside this.

The bot runs as a process of its own; what stands in the picture is what it wrote.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 64
TYPED = "recip-e plante, je fais comment pour délivrer ?\n"
FOREIGN_FONT = re.compile(r"@font-face \{.*?\}", re.DOTALL)
"""A picture that loads nothing from elsewhere."""
LAST = "Une fois rétabli"
"""Where the picture ends: below it the sources follow."""


def conversation() -> list[str]:
    """The lines that a pharmacist sees."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "chat", "--language", "fr", "--profession", "pharmacist"],
            input=TYPED,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "DATA_DIR": folder, "COLUMNS": str(WIDTH), "NO_COLOR": "1"},
        )
    lines = done.stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("> "))
    end = next(n for n, line in enumerate(lines) if line.startswith(LAST))
    return lines[start:end]


def main() -> None:
    """Writes the picture."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    for line in conversation():
        console.print(Text(line, style="bold" if line.startswith("> ") else ""))
    path = Path(__file__).with_name("chat.svg")
    drawn = console.export_svg(title="Bis")
    path.write_text(FOREIGN_FONT.sub("", drawn), encoding="utf-8")
    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
