"""Short texts that lean on the last answer: "et pour un dentiste ?", "in het Frans"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.matching.model import Context
from bot.matching.professions import ARTICLES, FOR_WHOM, HERE, said_profession
from bot.matching.text import words

WITHIN = timedelta(minutes=10)
LONGEST = 14

LANGUAGE_NAMES: Mapping[str, str] = {
    name: language
    for language, names in {
        "fr": "francais francaise frans franzosisch french",
        "nl": "neerlandais neerlandaise nederlands flamand vlaams niederlandisch dutch flemish",
        "de": "allemand allemande duits deutsch german",
        "en": "anglais anglaise engels englisch english",
    }.items()
    for name in names.split()
}

STILL = frozenset(
    "toujours encore non plus aussi nog altijd steeds ook immer noch auch still either also "
    "neither again anymore".split()
)
NOT = frozenset("ne pas rien niet niks nicht nichts not doesn don isn t nothing".split())
LEANING = frozenset(
    """et si ca cela marche fonctionne va donne si ce c est meme que pour en dans la reponse idem
    als dat het dit werkt lukt gaat helpt en wat nu hetzelfde antwoord in maar
    und wenn das es geht klappt hilft funktioniert was dann dasselbe auf antwort aber
    and if that it this works work does doing what about then same answer but s
    svp aub bitte please merci""".split()
)


@dataclass(frozen=True)
class FollowUp:
    """What a follow-up changes of the last question. `still`: its answer did not help."""

    procedure: str
    profession: str | None = None
    language: str | None = None
    still: bool = False


def follow_up(
    text: str, context: Context, now: datetime, professions: Mapping[tuple[str, ...], str]
) -> FollowUp | None:
    """The follow-up that the text is, or None where it stands on its own."""
    if context.procedure is None or context.asked_at is None or now - context.asked_at > WITHIN:
        return None
    found = words(text)
    if not found or len(found) > LONGEST:
        return None
    language = next((LANGUAGE_NAMES[w] for w in found if w in LANGUAGE_NAMES), None)
    profession = said_profession(text, professions)
    still = bool(STILL & set(found)) and bool(NOT & set(found))
    if not (language or profession or still) or _rest(found, professions):
        return None
    return FollowUp(context.procedure, profession, language, still)


def _rest(found: tuple[str, ...], professions: Mapping[tuple[str, ...], str]) -> set[str]:
    """Words that say something of their own."""
    named = {word for name in professions for word in name}
    cues = {word for cue in FOR_WHOM for word in cue}
    known = LEANING | STILL | NOT | ARTICLES | HERE | cues | named | set(LANGUAGE_NAMES)
    return set(found) - known
