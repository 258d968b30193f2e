"""Bis: what a Belgian health professional does when e-health breaks."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("bis-bot")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0"

__all__ = ["__version__"]
