"""A body that broke in one place never makes a component fine that was not.

One limit is known and lies in the formats: where the newest entry of a history decides (Uptime
Kuma, Gatus), a body without that entry is a good body of an earlier moment. Another lies in
eHealth's: where name and code of a state disagree, either of them alone is a good body.
"""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.status.model import Reading, State
from bot.status.readers import (
    betterstack,
    cachet,
    ehealth,
    ehealth_bcp,
    feed,
    gatus,
    html,
    instatus,
    statuspage,
    uptime_kuma,
)
from bot.status.readers.formats import READERS
from bot.status.readers.words import CLOSED_PHASES
from bot.status.reading_json import as_json
from bot.status.unreadable import UnreadableError
from tests.status.good_bodies import TREES
from tests.status.mutations import KINDS, mutate_html, mutate_json, mutate_xml, places
from tests.status.samples import NOON, SELECTORS, source
from tests.status.test_bodies import OURS, rows_of

PLAIN = {
    "ehealth": ehealth.read,
    "statuspage": statuspage.read,
    "cachet": cachet.read,
    "uptime-kuma": uptime_kuma.read,
    "gatus": gatus.read,
    "instatus": instatus.read,
    "betterstack": betterstack.read,
}
XML = {"feed": feed.read, "ehealth-bcp": ehealth_bcp.read}
KEYS = (
    "data components name status results id included page summary incident type attributes"
    " relationships"
).split()
_DISAGREEING = {
    "ehealth/bare-en.json",
    "ehealth/nulls-and-codes.json",
    "instatus/components-with-incidents.json",
}


def written(form: str) -> list[list[bytes]]:
    """The bodies that we wrote in the shape of a format."""
    return [
        [(OURS / row[key]).read_bytes() for key in ("file", "pair") if key in row]
        for row in rows_of(OURS)
        if row["format"] == form and row["file"] not in _DISAGREEING
    ]


def trees_of(form: str) -> list[list[Any]]:
    """Good trees of a format, their histories cut to the newest entry."""
    found = [list(TREES[form]), *([json.loads(body) for body in pair] for pair in written(form))]
    for trees in found:
        for container, key in places(trees):
            beats = isinstance(container, dict) and isinstance(container[key], list)
            if beats and (key == "results" or str(key).isdigit()):
                container[key] = [entry for entry in container[key] if entry != 0][-1:]
    return found


GOOD = {form: trees_of(form) for form in PLAIN}


def read(form: str, trees: Any) -> Reading:
    """By the reader itself, without the last net around it: a mistake of ours shows here."""
    bodies = tuple(json.dumps(tree).encode() for tree in trees)
    return PLAIN[form](bodies, (None,) * len(bodies), None, NOON)


def fine(reading: Reading) -> set[str]:
    """Every name under which a component is shown as operational."""
    return {
        name
        for component in reading.components
        if component.state is State.OPERATIONAL
        for name in component.names
    }


def attempted(reading: Callable[[], Reading]) -> Reading | None:
    """The reading, or None where the body is refused."""
    try:
        return reading()
    except UnreadableError:
        return None


def test_every_format_is_mutated() -> None:
    """A reader that is added is added here."""
    assert {*PLAIN, *XML, "html"} == set(READERS)
    assert KINDS == ("delete", "duplicate", "rename", "retype")


@pytest.mark.parametrize("form", PLAIN)
@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_makes_a_component_fine(form: str, seed: int) -> None:
    """One to three broken places, and whatever is still read is no greener than before."""
    chance = random.Random(seed)
    trees = copy.deepcopy(chance.choice(GOOD[form]))
    before = fine(read(form, trees))
    for _ in range(chance.randint(1, 3)):
        mutate_json(trees, chance)
    after = attempted(lambda: read(form, trees))
    assert after is None or fine(after) <= before


def closed(reading: Reading) -> set[str]:
    """Ids of the incidents and works that are told to be over."""
    events = (*reading.incidents, *reading.maintenances)
    return {event.id for event in events if event.phase in CLOSED_PHASES}


def ids(reading: Reading) -> set[str]:
    """Ids of all incidents and works."""
    return {event.id for event in (*reading.incidents, *reading.maintenances)}


@pytest.mark.parametrize("form", PLAIN)
@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_ends_an_incident(form: str, seed: int) -> None:
    """One that was open is open, of an unknown phase, or gone."""
    chance = random.Random(seed)
    trees = copy.deepcopy(chance.choice(GOOD[form]))
    before = read(form, trees)
    mutate_json(trees, chance)
    after = attempted(lambda: read(form, trees))
    assert after is None or not closed(after) & (ids(before) - closed(before))


NEW_FIELDS: tuple[Any, ...] = (None, 7, "x", [], {}, [{"id": 1, "status": "operational"}])


def with_new_fields(node: Any, value: Any) -> Any:
    """The tree with one field more in each of its objects."""
    if isinstance(node, list):
        return [with_new_fields(child, value) for child in node]
    if isinstance(node, dict):
        return {**{key: with_new_fields(node[key], value) for key in node}, "later": value}
    return node


@pytest.mark.parametrize("form", PLAIN)
@pytest.mark.parametrize("value", NEW_FIELDS, ids=str)
def test_what_a_later_version_adds_changes_nothing(form: str, value: Any) -> None:
    """Every body, with a field in each object that nobody knows yet."""
    for trees in GOOD[form]:
        later = [with_new_fields(tree, value) for tree in trees]
        assert as_json(read(form, later)) == as_json(read(form, trees))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_of_a_feed_makes_anything_fine(seed: int) -> None:
    """It tells incidents alone, a broken one is no other feed, and none of them ends by it."""
    chance = random.Random(seed)
    body = chance.choice(written("feed"))[0]
    before = XML["feed"]((body,), (None,), None, NOON)
    for _ in range(chance.randint(1, 3)):
        body = mutate_xml(body, chance)
    after = attempted(lambda: XML["feed"]((body,), (None,), None, NOON))
    assert after is None or (after.components, after.emergency) == ((), ())
    assert after is None or not closed(after) & (ids(before) - closed(before))


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_of_a_service_list_ends_an_emergency(seed: int) -> None:
    """Who was ordered to switch is never read as on the normal route; no component is shown."""
    chance = random.Random(seed)
    body = chance.choice(written("ehealth-bcp"))[0]
    switched = {one.key for one in read_list(body).emergency if one.active}
    for _ in range(chance.randint(1, 2)):
        body = mutate_xml(body, chance)
    after = attempted(lambda: read_list(body))
    if after is not None:
        assert after.components == ()
        assert not switched & {one.key for one in after.emergency if not one.active}


def read_list(body: bytes) -> Reading:
    """A service list."""
    return XML["ehealth-bcp"]((body,), (None,), None, NOON)


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_of_a_page_makes_a_row_fine(seed: int) -> None:
    """An element gone, twice, without its class, unwrapped, or with another text."""
    chance = random.Random(seed)
    page = chance.choice(written("html"))[0].decode()
    before = fine(read_page(page))
    after = attempted(lambda: read_page(mutate_html(page, chance)))
    assert after is None or fine(after) <= before


def read_page(page: str) -> Reading:
    """A page of HTML."""
    asked = source(form="html", selectors=SELECTORS)
    return html.read((page.encode(),), (None,), asked, NOON)


@pytest.mark.parametrize("form", PLAIN)
@settings(max_examples=60, deadline=None)
@given(
    tree=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(KEYS) | st.text(max_size=4),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_read_or_refused(form: str, tree: Any) -> None:
    """No other error leaves a reader, also without the last net."""
    trees = (tree, tree) if form == "uptime-kuma" else (tree,)
    attempted(lambda: read(form, trees))
