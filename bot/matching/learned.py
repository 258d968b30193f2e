"""All that is learnt from the knowledge base, built once and kept on disk under its version."""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from bot.files import write_atomically
from bot.knowledge import LANGUAGES, Knowledge, Procedure
from bot.matching.building import build_index
from bot.matching.corpus import Corpus, corpus
from bot.matching.index import Index
from bot.matching.language import LanguageModel, language_model, texts_of
from bot.matching.spelling import Spelling, spelling
from bot.matching.vocabulary import Speller, speller
from bot.matching.written import Written, written

NOTHING = ("…",)
Packed = np.ndarray[tuple[int], np.dtype[np.uint8]]
Once = dict[Any, Any]
"""Of equal words and numbers the first: three lists hold nearly the same, 1 MB each."""
ARRAYS = tuple(part.name for part in fields(Index) if part.name != "numbers")


@dataclass(frozen=True)
class Learned:
    """Index of the entries (the last place: none of them), known words, language model, texts."""

    index: Index
    spelling: Spelling
    languages: LanguageModel
    written: Written

    def written_for(self, words: Sequence[str]) -> frozenset[int]:
        """The entries that have a text of just these words, as the index knows them."""
        numbers = [self.index.numbers.get(word) for word in words]
        known = [number for number in numbers if number is not None]
        return self.written.of(known) if len(known) == len(words) else frozenset()


def learn(knowledge: Knowledge) -> Learned:
    """Builds everything from the texts."""
    spells = speller(knowledge.lexicon)
    languages = language_model(texts_of(knowledge))
    texts = documents_of(knowledge, spells)
    known = spelling(texts.counts())
    index = build_index(texts, len(knowledge.procedures) + 1, spells)
    return Learned(index, known, languages, written(texts))


def learned(knowledge: Knowledge, cache_dir: Path | None) -> Learned:
    """As `learn`, but read from `cache_dir` where it was built before from the same texts."""
    if cache_dir is None or not knowledge.version:
        return learn(knowledge)
    path = kept_at(cache_dir, knowledge.version)
    if path.is_file():
        try:
            return _read(path)
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
            path.unlink(missing_ok=True)  # half a file helps nobody: it is built anew
    fresh = learn(knowledge)
    for old in cache_dir.glob("matching-*.npz"):
        old.unlink(missing_ok=True)
    write_atomically(path, _packed(fresh))
    return fresh


def documents_of(knowledge: Knowledge, speller_: Speller) -> Corpus:
    """The texts of each entry, in four languages; the decoys stand for none of the entries."""
    owners: list[int] = []
    texts: list[str] = []
    for number, procedure in enumerate(knowledge.procedures.values()):
        for language in LANGUAGES:
            mine = texts_for_matching(procedure, language)
            owners += [number] * len(mine)
            texts += mine
    decoys = knowledge.lexicon.decoys
    none = [text for language in LANGUAGES for text in (decoys[language] if decoys else NOTHING)]
    owners += [len(knowledge.procedures)] * len(none)
    return corpus([*texts, *none], owners, speller_)


def texts_for_matching(procedure: Procedure, language: str) -> tuple[str, ...]:
    """What an entry is found by, one text a document."""
    return (
        procedure.title[language],
        procedure.trigger[language],
        " ".join(step[language] for step in procedure.steps),
        " ".join(procedure.keywords[language]),
        *procedure.questions[language],
    )


def kept_at(cache_dir: Path, version: str) -> Path:
    """Where it is kept, by the texts and all code here: what older code made is not taken up."""
    digest = hashlib.sha256(version.encode())
    for code in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(code.read_bytes())
    return cache_dir / f"matching-{digest.hexdigest()[:32]}.npz"


def _packed(fresh: Learned) -> bytes:
    index, languages, known = fresh.index, fresh.languages, fresh.spelling
    stream = io.BytesIO()
    np.savez(
        stream,
        features=_bytes(index.numbers),
        **{name: getattr(index, name) for name in ARRAYS},
        words=_bytes(known.counts),
        counts=np.array(list(known.counts.values()), dtype=np.int32),
        forms=known.forms,
        places=known.places,
        language_words=_bytes(languages.words),
        language_runs=languages.runs,
        word_weights=languages.word_weights,
        run_weights=languages.run_weights,
        texts=fresh.written.texts,
        texts_of=fresh.written.entries,
    )
    return stream.getvalue()


def _read(path: Path) -> Learned:
    once: Once = {}
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        index = Index(_numbered(kept["features"], once), *(kept[name] for name in ARRAYS))
        counts = dict(zip(_names(kept["words"], once), kept["counts"].tolist(), strict=True))
        languages = LanguageModel(
            words=_numbered(kept["language_words"], once),
            word_weights=kept["word_weights"],
            runs=kept["language_runs"],
            run_weights=kept["run_weights"],
        )
        known = Spelling(counts, kept["forms"], kept["places"])
        texts = Written(kept["texts"], kept["texts_of"])
    return Learned(index, known, languages, texts)


def _bytes(names: Iterable[str]) -> Packed:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _names(packed: Packed, once: Once) -> list[str]:
    names = packed.tobytes().decode().split("\n")
    return list(map(once.setdefault, names, names))


def _numbered(packed: Packed, once: Once) -> dict[str, int]:
    names = _names(packed, once)
    numbers = range(len(names))
    return dict(zip(names, map(once.setdefault, numbers, numbers), strict=True))
