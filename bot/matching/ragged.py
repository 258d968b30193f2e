"""Rows of unequal length in one array: those of row n stand at starts[n]:starts[n+1]."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Integers = NDArray[np.integer[Any]]


def places(starts: Integers, rows: Integers) -> tuple[Numbers, Numbers]:
    """Where the items of the rows stand, row after row; and how many each row has."""
    shift = starts[rows].astype(np.int32)
    lengths = starts[rows + 1].astype(np.int32)
    lengths -= shift
    before = starts_of(lengths)
    shift -= before[:-1]
    here = np.arange(before[-1], dtype=np.int32)
    here += np.repeat(shift, lengths)
    return here, lengths


def starts_of(lengths: NDArray[np.integer[Any] | np.bool_]) -> Numbers:
    """Where each row starts, and where the last one ends."""
    starts = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, dtype=np.int32, out=starts[1:])
    return starts
