"""The words for people: the same in four languages, plain, with times as read in Brussels."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.status.model import ChangeKind, Phase, State
from bot.status.unreadable import UnreadableReason
from bot.words import LOCALES, UnknownMessageError, Words, locale_problems, messages

LANGUAGES = ("fr", "nl", "de", "en")
ROOT = Path(__file__).parent.parent / "bot"


@pytest.fixture(name="words", scope="module")
def make_words() -> Words:
    """The shipped words."""
    return Words()


def test_who_speaks_a_language_shares_its_messages() -> None:
    """Each set of them takes 1 to 2 MB, and chat and pings speak the same."""
    one, other = Words(), Words()
    assert one._bundle("fr") is other._bundle("fr")


def test_languages_carry_the_same_messages_with_the_same_arguments() -> None:
    """No language lacks a message, has one of its own, or uses other arguments."""
    assert locale_problems() == ()


def test_a_difference_is_told_with_its_file_and_remedy(tmp_path: Path) -> None:
    """An editor learns which file to mend and how."""
    (tmp_path / "en.ftl").write_text("a = A { $x }\nb = B\n", encoding="utf-8")
    (tmp_path / "fr.ftl").write_text("a = A\nc = C\n", encoding="utf-8")
    assert locale_problems(tmp_path) == (
        "fr.ftl: message a must use exactly these arguments: x",
        "fr.ftl: message b is missing; en.ftl has it",
        "fr.ftl: message c stands in no en.ftl; add it there",
    )


def test_a_file_that_is_not_fluent_is_named(tmp_path: Path) -> None:
    """A broken line is quoted with the name of its file."""
    (tmp_path / "en.ftl").write_text("a = {\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.ftl: not Fluent: a ="):
        locale_problems(tmp_path)


def test_every_state_phase_reason_and_kind_has_its_words() -> None:
    """What the other rooms may hand over can be said."""
    wanted = {
        *(f"state-{one.value}" for one in State),
        *(f"phase-{one.value}" for one in Phase),
        *(f"reason-{one.value}" for one in UnreadableReason),
        *(f"ping-{one.value}" for one in ChangeKind),
    }
    known = messages(LOCALES / "en.ftl")
    assert {one.replace("_", "-") for one in wanted} <= known.keys()


def test_no_message_is_dead_and_none_is_missing() -> None:
    """Each message is said somewhere in the code, and each one that is said exists."""
    code = "".join(path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py"))
    built = re.compile(r"^(state|phase|reason|ping|kind|command)-")
    known = messages(LOCALES / "en.ftl").keys()
    quoted = set(re.findall(r"[\"']([a-z-]+)[\"']", code))
    dead = {one for one in known - quoted if not built.match(one)}
    said = set(re.findall(r'\bsay\(\s*"([a-z-]+)"', code))
    assert (dead, said - known) == (set(), set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_plain(language: str) -> None:
    """No markup and no invisible marks: views set tags, terminals show the rest."""
    text = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
    shown = text.replace("->", "")
    assert not re.search(r"[<>\u2066-\u2069\u200b-\u200f]|&\w+;", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fluent_sets_no_isolation_marks(words: Words, language: str) -> None:
    """Values stand in the text as they are, so it can be searched and copied."""
    text = words.text(language, "ping-code", code="REC-0124-1")
    assert text.endswith("REC-0124-1")


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (-5, ("moins de 1 min", "minder dan 1 min", "unter 1 Min.", "under 1 min")),
        (0.5, ("moins de 1 min", "minder dan 1 min", "unter 1 Min.", "under 1 min")),
        (37, ("37 min", "37 min", "37 Min.", "37 min")),
        (125, ("2 h 05 min", "2 u 05 min", "2 Std. 05 Min.", "2 h 05 min")),
        (76 * 60, ("3 j 4 h", "3 d 4 u", "3 T. 4 Std.", "3 d 4 h")),
    ],
)
def test_durations(words: Words, minutes: float, told: tuple[str, ...]) -> None:
    """Two units at most, and never a negative one."""
    span = timedelta(minutes=minutes)
    assert tuple(words.duration(language, span) for language in LANGUAGES) == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        # Winter: Brussels is one hour ahead of UTC.
        (datetime(2026, 11, 21, 13, 2, tzinfo=UTC), "14:02"),
        # 23:30 UTC of the day before is already today in Brussels.
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "00:30"),
        # Another day in Brussels is named.
        (datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "20 Nov 23:30"),
        # Summer: two hours ahead.
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "1 Jul 14:00"),
    ],
)
def test_moments_are_read_in_brussels(words: Words, at: datetime, told: str) -> None:
    """The hour alone today, with the day otherwise."""
    assert words.moment("en", at, datetime(2026, 11, 21, 13, 3, tzinfo=UTC)) == told


def test_a_day_is_written_as_its_language_writes_it(words: Words) -> None:
    """German numbers the day with a point."""
    at = datetime(2026, 11, 21, 13, 2, tzinfo=UTC)
    told = [words.day_and_time(language, at) for language in LANGUAGES]
    assert told == ["21 nov. 14:02", "21 nov 14:02", "21. Nov. 14:02", "21 Nov 14:02"]


def test_a_date_is_as_precise_as_it_was_given(words: Words) -> None:
    """No day is invented for a page that tells only its month or year."""
    told = [words.published("fr", one) for one in ("2025", "2025-03", "2025-03-21")]
    assert told == ["2025", "mars 2025", "21 mars 2025"]


@pytest.mark.parametrize(
    ("language", "none", "many"),
    [
        ("fr", "0 message pas encore envoyé", "2 messages pas encore envoyés"),
        ("nl", "0 nog niet verzonden berichten", "2 nog niet verzonden berichten"),
        ("de", "0 noch nicht gesendete Nachrichten", "2 noch nicht gesendete Nachrichten"),
        ("en", "0 messages not yet sent", "2 messages not yet sent"),
    ],
)
def test_plurals_follow_the_language(words: Words, language: str, none: str, many: str) -> None:
    """French counts none as one; the others do not."""
    assert words.text(language, "stop-pending", count=0) == none
    assert words.text(language, "stop-pending", count=2) == many


def test_a_strange_language_is_told_in_english(words: Words) -> None:
    """A language that we do not have is no error."""
    assert words.text("sv", "language-name") == "English"


def test_a_missing_message_or_argument_is_our_mistake(words: Words) -> None:
    """Neither is shown to a person as a hole in a sentence."""
    with pytest.raises(UnknownMessageError):
        words.text("fr", "no-such-message")
    with pytest.raises(ValueError, match="ping-code"):
        words.text("fr", "ping-code")
