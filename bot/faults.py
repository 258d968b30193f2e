"""Faults that any room may meet: those an operator can mend, and those of store and lease."""


class OperatorError(Exception):
    """What is wrong and how to mend it, in one plain line without a traceback; never a secret."""


class WrongUsageError(OperatorError):
    """The command line names what there is not: another call mends it (exit code 2)."""


class StoreUnavailableError(Exception):
    """The store cannot be read or written now (locked, full, lost): nothing may be sent."""


class NewerStoreError(Exception):
    """The store was made by a newer version than this one, which does not know how to use it."""


class NotLeadingError(Exception):
    """Another process leads by now: what this one saw is its past, and must not be told."""


class AlreadyRunningError(Exception):
    """Another process works on this SQLite file. The text says how to mend it."""
