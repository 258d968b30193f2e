"""What an editor must mend although the base would load: lengths, languages, likeness, age.

Pure: documents and the day are given. Each check yields problems with their place.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations

from bot.knowledge.document import Document, PathKey
from bot.knowledge.loader import kind_of
from bot.knowledge.model import LANGUAGES
from bot.knowledge.problems import Problem

LONGEST_TITLE = 60
LONGEST_STEP = 160
FEWEST_QUESTIONS = 8
FEWEST_KEYWORDS = 8
MANY_QUESTIONS = 16
ASKED_MOST = frozenset(
    "recip-e insurability eattest efact eid patient-identity status support".split()
)
"""Services whose entries need sixteen questions a language: most people ask about them."""
OLDEST = timedelta(days=548)
"""Eighteen months: a source that no one has read again for so long may no longer say the same."""
SHARED_WORDS = 0.5
TEXTS = ("title", "trigger", "automatic", "proof", "limits", "afterwards")

USES: Mapping[str, frozenset[str]] = {
    "services": frozenset({"services", "depends_on", "derived_from", "blocking"}),
    "contacts": frozenset({"contacts"}),
    "references": frozenset({"sources"}),
}
"""What is used, and the keys that use it."""

Entry = Mapping[str, object]
Check = Callable[[Document, PathKey, Entry], Iterator[Problem]]


def editorial_problems(
    documents: Sequence[Document], fillers: frozenset[str], today: date
) -> list[Problem]:
    """All that is to be mended, in the order of the files."""
    problems = [problem for document in documents for problem in _signs(document)]
    asked: dict[str, str] = {}
    for document, key, entry in _entries(documents, "procedures"):
        for check in (_lengths, _counts, _identical):
            problems += check(document, key, entry)
        problems += _alike(document, key, entry, fillers)
        problems += _shared(document, key, entry, asked)
    for document, key, entry in _entries(documents, "references"):
        problems += _old(document, key, entry, today)
    problems += _unused(documents)
    return problems


def _entries(
    documents: Sequence[Document], kind: str
) -> Iterator[tuple[Document, PathKey, Mapping[str, object]]]:
    for document in documents:
        if kind_of(document.path) == kind and isinstance(document.data, list):
            for number, entry in enumerate(document.data):
                yield document, (number,), entry


def _signs(document: Document) -> Iterator[Problem]:
    """Signs that no keyboard gives on purpose: control, bidi, zero width, private use."""
    for key, text in _texts(document.data, ()):
        strange = [s for s in text if unicodedata.category(s) in ("Cc", "Cf", "Co", "Cn")]
        if strange:
            name = unicodedata.name(strange[0], f"U+{ord(strange[0]):04X}")
            yield document.problem(key, f"an odd character: {name}", "type the text anew")
        if text != text.strip() or "  " in text:
            yield document.problem(key, "a space too many", "take it out")


def _texts(data: object, key: PathKey) -> Iterator[tuple[PathKey, str]]:
    if isinstance(data, str):
        yield key, data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            yield from _texts(value, (*key, name))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*key, number))


def _localized(entry: Entry, name: str) -> Mapping[str, str]:
    value = entry.get(name)
    return value if isinstance(value, Mapping) else {}


def _steps(entry: Entry) -> Sequence[Mapping[str, str]]:
    steps = entry.get("steps")
    return steps if isinstance(steps, list) else []


def _lengths(document: Document, key: PathKey, entry: Entry) -> Iterator[Problem]:
    for language, title in _localized(entry, "title").items():
        if len(title) > LONGEST_TITLE:
            what = f"the title has {len(title)} characters, more than {LONGEST_TITLE}"
            yield document.problem((*key, "title", language), what, "shorten it")
    for number, step in enumerate(_steps(entry)):
        for language, text in step.items():
            if len(text) > LONGEST_STEP:
                what = f"the step has {len(text)} characters, more than {LONGEST_STEP}"
                yield document.problem(
                    (*key, "steps", number, language), what, "shorten it or make two steps of it"
                )


def _counts(document: Document, key: PathKey, entry: Entry) -> Iterator[Problem]:
    services = entry.get("services")
    often = isinstance(services, list) and ASKED_MOST & set(services)
    for name, fewest in (
        ("questions", MANY_QUESTIONS if often else FEWEST_QUESTIONS),
        ("keywords", FEWEST_KEYWORDS),
    ):
        for language, texts in _localized(entry, name).items():
            if len(texts) < fewest:
                what = f"{len(texts)} {name}, fewer than {fewest}"
                mend = "add situations as people would type them"
                yield document.problem((*key, name, language), what, mend)


def _identical(document: Document, key: PathKey, entry: Entry) -> Iterator[Problem]:
    parts = [((*key, name), _localized(entry, name)) for name in TEXTS]
    parts += [((*key, "steps", n), step) for n, step in enumerate(_steps(entry))]
    for place, texts in parts:
        for one, other in combinations(LANGUAGES, 2):
            if texts.get(one) is not None and texts.get(one) == texts.get(other):
                what = f"{one} and {other} are the same text"
                yield document.problem((*place, other), what, f"translate it into {other}")


def _alike(
    document: Document, key: PathKey, entry: Entry, fillers: frozenset[str]
) -> Iterator[Problem]:
    for language, questions in _localized(entry, "questions").items():
        content = [content_words(question, fillers) for question in questions]
        for one, other in combinations(range(len(content)), 2):
            shared = content[one] & content[other]
            fewest = min(len(content[one]), len(content[other]))
            if len(shared) > 1 and len(shared) > SHARED_WORDS * fewest:
                what = f"too like '{questions[one]}'"
                place = (*key, "questions", language, other)
                yield document.problem(place, what, "describe another situation")


def _shared(
    document: Document, key: PathKey, entry: Entry, asked: dict[str, str]
) -> Iterator[Problem]:
    mine = str(entry.get("id"))
    for language, questions in _localized(entry, "questions").items():
        for number, question in enumerate(questions):
            owner = asked.setdefault(question.casefold(), mine)
            if owner != mine:
                what = f"'{owner}' has this question already"
                place = (*key, "questions", language, number)
                yield document.problem(place, what, "keep it where it fits better")


def _old(document: Document, key: PathKey, entry: Entry, today: date) -> Iterator[Problem]:
    seen = date.fromisoformat(str(entry.get("seen")))
    if today - seen > OLDEST:
        mend = "read the page again, mend what changed, and set 'seen' to today"
        what = f"last read on {seen}, more than eighteen months ago"
        yield document.problem((*key, "seen"), what, mend)


def _unused(documents: Sequence[Document]) -> Iterator[Problem]:
    """Services, contacts and references that nothing speaks of."""
    named = [pair for document in documents for pair in _texts(document.data, ())]
    for kind, keys in USES.items():
        used = {text for key, text in named if keys & set(key)}
        for document, key, entry in _entries(documents, kind):
            if entry.get("id") not in used:
                what = f"nothing uses '{entry.get('id')}' of {kind}"
                mend = "remove it, or name it where it belongs"
                yield document.problem((*key, "id"), what, mend)


_WORD = re.compile(r"[^\W_]+")


def content_words(text: str, fillers: frozenset[str]) -> frozenset[str]:
    """The words of a question that tell what it is about."""
    return frozenset(w for w in _WORD.findall(text.casefold()) if w not in fillers and len(w) > 1)
