"""A page without an API, read by the selectors of its source."""

from pathlib import Path

import pytest

from bot.knowledge.model import Selectors, Source
from bot.status.contract import check
from bot.status.model import Reading, State
from bot.status.readers.formats import READERS
from bot.status.reading_json import as_json
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.samples import NOON, SELECTORS, source

PAGE = (Path(__file__).parent / "pages" / "dashboard.html").read_text(encoding="utf-8")


def read(
    page: str | bytes = PAGE, selectors: Selectors = SELECTORS, kind: str | None = None
) -> Reading:
    """The reading of a page by these selectors."""
    body = page if isinstance(page, bytes) else page.encode()
    return READERS["html"]((body,), (kind,), source(form="html", selectors=selectors), NOON)


def test_rows_give_names_states_times_and_the_date_of_the_page() -> None:
    """A word that is not declared is unknown and remarked."""
    got = read()
    assert [(c.names[0], c.state, c.response_seconds) for c in got.components] == [
        ("Assurabilité", State.OPERATIONAL, 0.35),
        ("eAttest", State.DEGRADED, 4.2),
        ("Solidaris (300)", State.MAJOR_OUTAGE, None),
        ("eFact", State.UNKNOWN, 0.8),
    ]
    assert got.components[0].updated_at is not None
    assert got.components[0].updated_at.isoformat() == "2026-03-02T11:58:00+00:00"
    assert any("En révision" in remark for remark in got.remarks)


def test_word_and_class_that_contradict_each_other_are_unknown() -> None:
    """One of them was forgotten when the page changed: nobody knows which."""
    page = PAGE.replace('"state-ok">Disponible', '"state-down">Disponible')
    assert read(page).components[0].state is State.UNKNOWN


def test_one_name_in_several_parts_of_a_page_is_lawful() -> None:
    """A dashboard shows insurability to each profession: each row counts, the worst is not lost."""
    again = PAGE.replace('"name">eAttest', '"name">Assurabilité')
    got = read(again)
    check(got)
    assert len({component.id for component in got.components}) == len(got.components)
    assert as_json(got)["components"]["Assurabilité"] == "degraded"


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace('class="dashboard"', ""),
        PAGE.replace('class="services"', ""),
        PAGE.replace('class="updated"', ""),
        "",
        "Service unavailable",
    ],
)
def test_a_page_that_lost_what_must_be_there_is_unreadable(page: str) -> None:
    """Canary, rows and date are the page's contract."""
    with pytest.raises(UnreadableError) as caught:
        read(page)
    assert caught.value.reason is UnreadableReason.CONTRACT


def test_no_rows_are_believed_only_beside_the_marker_that_says_so() -> None:
    """And even then nothing is green by it."""
    bare = PAGE.replace('class="services"', "")
    marked = bare.replace("</h1>", "</h1><p class='no-incidents'>Aucun incident</p>")
    assert read(marked).components == ()


def test_latin_1_is_read_where_header_or_page_declares_it() -> None:
    """Older pages of public bodies are not always UTF-8."""
    latin = PAGE.replace("utf-8", "iso-8859-1").encode("latin-1")
    assert read(latin).components[0].names == ("Assurabilité",)
    undeclared = PAGE.replace('<meta charset="utf-8">', "").encode("latin-1")
    assert read(undeclared, kind="text/html; charset=ISO-8859-1").components[0].names == (
        "Assurabilité",
    )


@pytest.mark.parametrize("given", [None, source(form="html")])
def test_without_selectors_no_page_is_read(given: Source | None) -> None:
    """A page of HTML means nothing by itself."""
    with pytest.raises(UnreadableError):
        READERS["html"]((PAGE.encode(),), (None,), given, NOON)
