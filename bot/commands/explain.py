"""`ask --explain`: which words met what, and what each candidate scored on which channel."""

from bot.answering import Question
from bot.matching.index import Scores
from bot.matching.matcher import KnowledgeMatcher
from bot.matching.vocabulary import distinct

SHOWN = 8


def explanation(matcher: KnowledgeMatcher, question: Question) -> str:
    """A few lines for an editor; nothing of it is kept."""
    asked = distinct(matcher.speller.words(question.text))
    scores = matcher.scores(question.text)
    evidence = matcher.evidence(question.text, question.profession, frozenset())
    place = {procedure.id: n for n, procedure in enumerate(matcher.procedures)}
    lines = ["", "words:"]
    lines += [f"  {word}: {_met(matcher, word)}" for word in asked] or ["  none is left"]
    third = "" if scores.meaning is None else " + meaning"
    lines += [f"candidates (probability; words + runs of letters{third}):"]
    for candidate in evidence.candidates[:SHOWN]:
        told = _channels(scores, place[candidate.procedure])
        lines.append(f"  {candidate.score:.2f} {candidate.procedure}: {told}")
    lines.append(f"  none of them: {_channels(scores, -1)}")
    return "\n".join(lines) + "\n"


def _channels(scores: Scores, place: int) -> str:
    heard = (scores.words, scores.runs, scores.meaning)
    return " + ".join(f"{channel[place]:.2f}" for channel in heard if channel is not None)


def _met(matcher: KnowledgeMatcher, word: str) -> str:
    """The known word that stands for it, and how many entries that word speaks for."""
    learned = matcher.learned
    mended = learned.spelling.mended(word)
    number = learned.index.numbers.get(mended)
    if number is None:
        return "unknown; only its runs of letters count"
    entries = int(learned.index.starts[number + 1] - learned.index.starts[number])
    read = "" if mended == word else f"read as '{mended}', "
    return f"{read}in {entries} entries"
