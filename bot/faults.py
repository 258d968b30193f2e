"""Faults that an operator can mend: told in one clear line, without a traceback."""


class OperatorError(Exception):
    """What is wrong and how to mend it, in plain words; never a secret."""


class WrongUsageError(OperatorError):
    """The command line names what there is not: another call mends it (exit code 2)."""
