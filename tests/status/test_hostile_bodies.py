"""Whatever the bytes: a reading or `UnreadableError`, soon, and in little memory."""

import gzip
import json
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from bot.status.model import Reading
from bot.status.readers.decoding import MAX_BYTES
from bot.status.readers.formats import READERS, Reader
from bot.status.unreadable import UnreadableError, UnreadableReason
from tests.status.good_bodies import GOOD, body_of
from tests.status.samples import NOON, SELECTORS, source

JSON_FORMATS = (
    "ehealth",
    "statuspage",
    "cachet",
    "uptime-kuma",
    "gatus",
    "instatus",
    "betterstack",
)
XML_FORMATS = ("ehealth-bcp", "feed")
HTML = source(form="html", selectors=SELECTORS)


def read(form: str, *bodies: bytes, kind: str | None = None) -> Reading:
    """Reads, for html with the selectors of the example."""
    given = HTML if form == "html" else None
    return READERS[form](bodies, (kind,) * len(bodies), given, NOON)


def refusal(form: str, *bodies: bytes, kind: str | None = None) -> UnreadableReason:
    """The reason for which a body is refused."""
    with pytest.raises(UnreadableError) as caught:
        read(form, *bodies, kind=kind)
    return caught.value.reason


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"\x00",
        b"\xff\xfe\xff",
        b"null",
        b"true",
        b"42",
        b'"fine"',
        b"[]",
        b"{}",
        b"operational",
        b"<",
        b"<html><body>502 Bad Gateway</body></html>",
        b"<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>",
        gzip.compress(b'{"components": []}'),
        b"\x89PNG\r\n\x1a\n",
        b"NaN",
        b'{"data": 1e999}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"<a>" * 50_000,
    ],
    ids=range(21),
)
def test_no_reader_takes_what_is_not_its_format(form: str, body: bytes) -> None:
    """Empty, binary, HTML for JSON, bare values, endless nesting."""
    bodies = (body, body) if form == "uptime-kuma" else (body,)
    assert refusal(form, *bodies) in {
        UnreadableReason.NOT_THE_FORMAT,
        UnreadableReason.ENCODING,
        UnreadableReason.CONTRACT,
        UnreadableReason.TOO_LARGE,
    }


@pytest.mark.parametrize("form", [*JSON_FORMATS, *XML_FORMATS])
def test_a_body_that_breaks_off_is_refused(form: str) -> None:
    """Half of a good page may show the fine half."""
    for part in (0.1, 0.5, 0.9, 0.99):
        cut = [body[: int(len(body) * part)] for body in GOOD[form]]
        assert refusal(form, *cut) in {
            UnreadableReason.NOT_THE_FORMAT,
            UnreadableReason.ENCODING,
        }


@pytest.mark.parametrize("form", READERS)
def test_a_body_over_eight_mebibytes_is_refused(form: str) -> None:
    """Whatever it holds."""
    huge = b" " * MAX_BYTES + GOOD[form][0]
    assert refusal(form, huge, *GOOD[form][1:]) is UnreadableReason.TOO_LARGE


def _json_bomb(unit: bytes) -> bytes:
    return b"[" + unit * ((MAX_BYTES - 10) // len(unit)) + b"0]"


@pytest.mark.parametrize("form", JSON_FORMATS)
@pytest.mark.parametrize("unit", [b"[],", b"{},", b"0,", b'{"a":0},', b'"",'])
def test_a_bomb_of_values_is_refused(form: str, unit: bytes) -> None:
    """Eight mebibytes of the smallest values would take twenty times that in memory."""
    bomb = _json_bomb(unit)
    bodies = (bomb, bomb) if form == "uptime-kuma" else (bomb,)
    assert refusal(form, *bodies) is UnreadableReason.TOO_LARGE


@pytest.mark.parametrize("form", [*XML_FORMATS, "html"])
def test_a_bomb_of_tags_is_refused(form: str) -> None:
    """The same for markup."""
    bomb = b"<rss><channel>" + b"<item/>" * 1_000_000 + b"</channel></rss>"
    assert refusal(form, bomb) is UnreadableReason.TOO_LARGE


@pytest.mark.parametrize("form", XML_FORMATS)
def test_a_bomb_of_attributes_is_refused(form: str) -> None:
    """One tag is enough for it."""
    bomb = b"<rss %b/>" % b" ".join(b'a%d="1"' % number for number in range(300_000))
    assert refusal(form, bomb) is UnreadableReason.TOO_LARGE


@pytest.mark.parametrize("form", XML_FORMATS)
def test_entities_are_refused_before_they_grow(form: str) -> None:
    """Billion laughs, and a file of ours."""
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>'
    theft = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>'
    assert refusal(form, laughs.encode()) is UnreadableReason.NOT_THE_FORMAT
    assert refusal(form, theft.encode()) is UnreadableReason.NOT_THE_FORMAT


LARGE = b"[" + b'{"id":"x","name":"y","status":"z","results":[]},' * 39_000 + b'{"a":0}]'


WORK = 4_000_000
"""Calls that a body may cost at most: about a second, and the same number on every machine."""


_MANY = [{"id": number, "name": "n", "status": "UP", "enabled": True} for number in range(4_000)]


@pytest.mark.parametrize(
    ("form", "trees"),
    [
        ("uptime-kuma", ({"publicGroupList": [{"monitorList": _MANY}] * 2}, {"heartbeatList": {}})),
        ("instatus", ({"components": [{"name": "g", "children": _MANY}] * 2},)),
        ("cachet", ({"data": [{"name": "g", "enabled_components": _MANY}] * 2},)),
        ("statuspage", ({"page": {}, "components": [{"id": 0, "components": _MANY}] * 2},)),
    ],
)
def test_many_lists_hold_no_more_rows_than_one(form: str, trees: tuple[Any, ...]) -> None:
    """Each row costs time, wherever it stands."""
    bodies = (json.dumps(tree).encode() for tree in trees)
    assert refusal(form, *bodies) is UnreadableReason.TOO_LARGE


@pytest.mark.parametrize("form", JSON_FORMATS)
def test_the_largest_body_costs_bounded_work(form: str) -> None:
    """Just under the limits of values: whether it is read or refused."""
    assert work(lambda: read(form, *(LARGE,) * len(GOOD[form]))) < WORK


def test_the_largest_body_stays_under_200_megabytes() -> None:
    """The tree and all that is made of it."""
    tracemalloc.start()
    try:
        _quietly(lambda: read("ehealth", LARGE))
        assert tracemalloc.get_traced_memory()[1] < 200 * 1024 * 1024
    finally:
        tracemalloc.stop()


def _quietly(call: Callable[[], object]) -> None:
    try:
        call()
    except UnreadableError:
        return


def work(call: Callable[[], object]) -> int:
    """How many functions are called: a measure of work that no load of the machine changes."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        _quietly(call)
    finally:
        sys.setprofile(None)
    return calls


LATIN = [{"id": 1, "name_fr": "Assurabilité", "status_name": "Opérationnel"}]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(LATIN, ensure_ascii=False).encode("utf-8-sig"), None),
        (json.dumps(LATIN, ensure_ascii=False).encode("utf-16"), None),
        (json.dumps(LATIN, ensure_ascii=False).encode("latin-1"), "text/html; charset=iso-8859-1"),
        (json.dumps(LATIN, ensure_ascii=False).encode("cp1252"), 'x/y; charset="windows-1252"'),
        (json.dumps(LATIN, ensure_ascii=False).encode(), "application/json; charset=iso-8859-1"),
        (json.dumps(LATIN).encode(), "text/plain"),
    ],
)
def test_a_mark_or_a_declared_charset_is_understood(body: bytes, kind: str | None) -> None:
    """A byte order mark; Latin-1 whose header says so; UTF-8 that a server mislabels."""
    assert read("ehealth", body, kind=kind).components[0].names == ("Assurabilité",)


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("latin-1", None),
        ("latin-1", "application/json; charset=utf-8"),
        ("utf-16-le", None),
        ("utf-8", "application/json; charset=rot13"),
        ("utf-8", "application/json; charset=utf-7"),
        ("utf-8", "application/json; charset=utf-16"),
    ],
)
def test_a_body_in_no_declared_charset_is_refused(encoding: str, kind: str | None) -> None:
    """Replacing what does not decode would change names and words unseen."""
    body = json.dumps(LATIN, ensure_ascii=False).encode(encoding)
    assert refusal("ehealth", body, kind=kind) is UnreadableReason.ENCODING


def test_two_values_under_one_key_are_refused() -> None:
    """Which of the two is meant, nobody can tell."""
    body = b'[{"id":1,"name_fr":"A","status_name":"Major Outage","status_name":"Operational"}]'
    assert refusal("ehealth", body) is UnreadableReason.NOT_THE_FORMAT


@pytest.mark.parametrize("form", JSON_FORMATS)
def test_names_without_meaning_to_a_terminal_are_cleaned(form: str) -> None:
    """Control, direction and lone surrogate signs of a source reach no screen."""
    raw = body_of(form).replace(b"Alpha", b"Al\\u202epha\\u0007\\ud800")
    bodies = (raw, *GOOD[form][1:])
    names = [name for c in read(form, *bodies).components for name in c.names]
    assert "Alpha" in names
    assert all(name.encode() for name in names)


def test_a_mistake_of_ours_in_a_reader_is_unreadable_too() -> None:
    """The last net: nothing but UnreadableError leaves a reader."""
    reader: Reader = READERS["ehealth"]
    nothing: Any = ()
    with pytest.raises(UnreadableError):
        reader(nothing, nothing, None, NOON)


def test_the_recursion_limit_is_the_usual_one() -> None:
    """The tests of nesting mean something only below a limit that production has too."""
    assert sys.getrecursionlimit() <= 3000


def _feed(description: str, entries: int) -> bytes:
    items = "".join(
        f"<item><guid>{number}</guid><title>a</title><description>{description}</description></item>"
        for number in range(entries)
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


_TOP = b"<h1 class=dashboard>x</h1><p class=updated><time>1</time></p><table class=services><tbody>"


SLOW_TO_READ = (
    ("feed", _feed("&amp;lt;b&amp;gt;" * 2000, 41)),
    ("feed", _feed("&lt;b&gt;" * 2000, 60)),
    ("feed", _feed("Mar 2, 10:00:00 - resolved - " * 1100, 49)),
    ("feed", _feed("&lt;b&gt;" * 4000, 120)),
    ("html", _TOP + b"<div>" * 40_000),
    ("html", _TOP + b"<div>" * 240 + b"<i>x</i>" * 20_000),
    ("html", b"<!--" * 49_000 + b"x" * 1_000_000),
)
"""The first three stand just under what is read of a feed; the fourth is beyond it."""


@pytest.mark.parametrize(("form", "body"), SLOW_TO_READ, ids=range(7))
def test_markup_that_is_slow_to_read_costs_bounded_work(form: str, body: bytes) -> None:
    """Deep or endless markup, also where a feed carries it escaped, costs one pass."""
    assert work(lambda: read(form, body)) < WORK


_BEATS = [{"status": 1, "time": "2026-03-02 10:00:00.123", "msg": "", "ping": 12}] * 100
_RESULTS = [
    {"success": True, "conditionResults": [{"condition": "[STATUS]", "success": True}]}
] * 99
_RESOURCE = {
    "type": "status_page_resource",
    "id": "1",
    "attributes": {"public_name": "A", "status": "operational"},
}
_UPDATE = {"type": "status_update", "id": "2", "attributes": {"message": "x" * 200}}
FULL = {
    "uptime-kuma": (
        {"publicGroupList": [{"monitorList": [{"id": n, "name": f"m{n}"} for n in range(900)]}]},
        {"heartbeatList": {str(number): _BEATS for number in range(900)}},
    ),
    "gatus": ([{"name": f"e{number}", "results": _RESULTS} for number in range(500)],),
    "betterstack": (
        {"data": {"type": "status_page"}, "included": [_RESOURCE, *[_UPDATE] * 20_000]},
    ),
}
"""Fuller than any page that is known: each monitor with all beats that its maker keeps, and all
that was ever told."""


def full_bodies(form: str) -> list[bytes]:
    """A full page as it comes."""
    return [json.dumps(tree).encode() for tree in FULL[form]]


@pytest.mark.parametrize("form", FULL)
def test_a_full_page_is_not_refused_for_its_size(form: str) -> None:
    """The limits are there for bombs."""
    states = {component.state.value for component in read(form, *full_bodies(form)).components}
    assert states == {"operational"}


def test_of_a_feed_that_is_too_long_the_latest_entries_are_read() -> None:
    """Whichever way it runs; a bomb of text between them costs no more."""
    old = "<item><guid>{0}</guid><pubDate>Sun, 01 Mar 2026 0{1}:00:00 GMT</pubDate>"
    entries = [
        old.format(n, n % 10) + f"<description>{'x' * 30_000}</description></item>"
        for n in range(200)
    ]
    last = "<item><title>now</title><pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate></item>"
    found = read("feed", f"<rss><channel>{''.join(entries)}{last}</channel></rss>".encode())
    assert found.incidents[-1].title == "now"
    assert len(found.incidents) < 200
    assert found.remarks == ("the oldest entries are left out",)
