"""The code of an incident, such as REC-0124-1: prefix of its service, number, version."""

DIGITS = 9
"""What a number may have: the database counts in 32 bits."""


def written(prefix: str, number: int, version: int) -> str:
    """As the messages of that version carry it."""
    return f"{prefix}-{number:04d}-{version}"


def parsed(text: str) -> tuple[str, int] | None:
    """Prefix and number: what all messages of an incident share. None: it is no code.

    As people type it: in small letters, without zeros in front, without the version.
    """
    prefix, _, rest = text.upper().partition("-")
    number = rest.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) <= DIGITS):
        return None
    return prefix, int(number)


def unversioned(code: str) -> str:
    """Without the version, which changes with each thing that is told."""
    return code.rpartition("-")[0]
