"""Memory that a process which runs for months need not hold."""

import ctypes
import sys
from collections.abc import MutableMapping
from types import ModuleType
from typing import cast

COMMAND_LINE_OF_HTTPX = "httpx._main"
"""Brings pygments, rich and click: 4 MB."""
WEBHOOK_SERVER = "tornado"
"""3 MB; polling needs none."""


def leave_out(*, webhook: bool) -> None:
    """Parts of libraries that this process has no use for, and without which they do.

    To be called before anything imports them: an import then fails as where they are not installed.
    """
    modules = cast("MutableMapping[str, ModuleType | None]", sys.modules)
    modules.setdefault(COMMAND_LINE_OF_HTTPX, None)
    if not webhook:
        modules.setdefault(WEBHOOK_SERVER, None)


def give_back() -> None:
    """Returns to the system what loading took and let go of: glibc would keep it."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
    if trim is not None:
        trim(0)
