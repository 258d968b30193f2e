"""What a question means beside its letters: how near it stands to what people say of an entry.

Only where something can tell meaning: the extra `semantic` (encoder.py). The vectors of an entry
are kept on disk under its texts, so that a change of one entry embeds the texts of one entry.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.files import write_atomically
from bot.knowledge import LANGUAGES, Knowledge, Procedure
from bot.matching.index import Floats
from bot.matching.ragged import Integers
from bot.matching.text import words

SHARE = 0.3
"""Weight beside words and runs; held-out questions are answered about as well from 0.3 to 0.5."""
CHARACTERS = 240
"""What is read of a text: most questions are shorter, and time grows with the length."""
FILE = "meaning.npz"
NOTHING = "…"

Halves = NDArray[np.float16]
Kept = Mapping[str, Halves]
"""Digest of an entry's texts -> their vectors; half of the digits are enough to tell them apart."""


class Meaning(Protocol):
    """Tells what texts mean. `name`: another one whenever the vectors would be others."""

    name: str

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text; texts that mean about the same point the same way."""


@dataclass(frozen=True)
class Sense:
    """A base by meaning: unit vectors of the entries (the last one: none of them).

    `centre`: what all entries have in common; it tells none apart and is taken out.
    `texts`: of each text, those of an entry together; entry n begins at `starts[n]`.
    """

    meaning: Meaning
    centre: Floats
    entries: Floats
    texts: Floats
    starts: Integers

    def near(self, text: str) -> Floats:
        """What meaning says of each entry: between its mean and its nearest text.

        What belongs to none has no mean to speak of: there the nearest text counts alone.
        """
        (vector,) = self.meaning.vectors([text[:CHARACTERS]])
        asked = _unit(vector - self.centre)
        nearest = np.maximum.reduceat(self.texts @ asked, self.starts)
        found = (self.entries @ asked + nearest) / 2
        found[-1] = nearest[-1]
        return np.asarray(SHARE * found, dtype=np.float32)


def sense(knowledge: Knowledge, meaning: Meaning, cache_dir: Path | None) -> Sense:
    """Over the base. What `cache_dir` holds is not made again, and what is new is kept there."""
    keyed = [(_key(meaning, texts), texts) for texts in _texts_of_each(knowledge)]
    kept = _read(cache_dir)
    known = {key: kept[key] if key in kept else _vectors(meaning, texts) for key, texts in keyed}
    if cache_dir is not None and known.keys() != kept.keys():
        write_atomically(cache_dir / FILE, _packed(known))
    found = [known[key].astype(np.float32) for key, _ in keyed]
    means = np.stack([vectors.mean(axis=0) for vectors in found])
    centre = means.mean(axis=0)
    starts = np.cumsum([0, *map(len, found[:-1])])
    return Sense(
        meaning, centre, _unit(means - centre), _unit(np.concatenate(found) - centre), starts
    )


def _texts_of_each(knowledge: Knowledge) -> Iterator[tuple[str, ...]]:
    """What people may say of each entry, then what belongs to none; case and accents are out."""
    for procedure in knowledge.procedures.values():
        yield _plain(text for language in LANGUAGES for text in _said_of(procedure, language))
    decoys = knowledge.lexicon.decoys
    none = [text for one in LANGUAGES for text in decoys[one]] if decoys else []
    yield _plain(none or [NOTHING])


def _said_of(procedure: Procedure, language: str) -> tuple[str, ...]:
    return (procedure.title[language], procedure.trigger[language], *procedure.questions[language])


def _plain(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(" ".join(words(text))[:CHARACTERS] for text in texts)


def _vectors(meaning: Meaning, texts: Sequence[str]) -> Halves:
    return np.asarray(meaning.vectors(texts), dtype=np.float16)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(length, np.finfo(np.float32).tiny), dtype=np.float32)


def _key(meaning: Meaning, texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join((meaning.name, *texts)).encode()).hexdigest()


def _packed(known: Kept) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **known)
    return stream.getvalue()


def _read(cache_dir: Path | None) -> Kept:
    """Nothing where nothing is kept yet, or half a file: it is made anew."""
    if cache_dir is None:
        return {}
    try:
        with np.load(io.BytesIO((cache_dir / FILE).read_bytes()), allow_pickle=False) as kept:
            return dict(kept)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return {}
