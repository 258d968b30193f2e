"""A body that broke in one place never makes a component fine that was not.

One limit is known and lies in the formats: where the newest entry of a history decides (Uptime
Kuma, Gatus), a body without that entry is a good body of an earlier moment.
"""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from bot.status.model import Reading, State
from bot.status.readers import (
    betterstack,
    cachet,
    ehealth,
    gatus,
    html,
    instatus,
    statuspage,
    uptime_kuma,
)
from bot.status.unreadable import UnreadableError
from tests.status.good_bodies import TREES
from tests.status.samples import NOON, SELECTORS, source

PLAIN = {
    "ehealth": ehealth.read,
    "statuspage": statuspage.read,
    "cachet": cachet.read,
    "uptime-kuma": uptime_kuma.read,
    "gatus": gatus.read,
    "instatus": instatus.read,
    "betterstack": betterstack.read,
}
OTHER_TYPES: tuple[Any, ...] = (None, 7, 1, True, [], {}, [{}], 1e300)


def read(form: str, trees: Any) -> Reading:
    """By the reader itself, without the last net around it: a mistake of ours shows here."""
    bodies = tuple(json.dumps(tree).encode() for tree in trees)
    return PLAIN[form](bodies, (None,) * len(bodies), None, NOON)


def fine(reading: Reading) -> set[str]:
    """Every name of every component that is shown as operational, unless it is not elsewhere."""
    shown = {name: c.state for c in reading.components for name in c.names}
    for component in reading.components:
        for name in component.names:
            if component.state is not State.OPERATIONAL:
                shown[name] = component.state
    return {name for name, state in shown.items() if state is State.OPERATIONAL}


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) within a tree."""
    keys = list(node) if isinstance(node, dict) else range(len(node))
    found = [(node, key) for key in keys]
    for key in keys:
        if isinstance(node[key], dict | list):
            found += places(node[key])
    return found


def mutate(trees: list[Any], chance: random.Random) -> None:
    """Deletes, duplicates, renames or retypes one node, in place."""
    container, key = chance.choice(places(trees)[len(trees) :])
    kind = chance.choice(("delete", "duplicate", "rename", "retype"))
    if kind == "retype":
        others = [value for value in OTHER_TYPES if type(value) is not type(container[key])]
        if "name" not in str(key):  # another text there would be another component
            others.append(str(container[key]))
        container[key] = chance.choice(others)
    elif kind == "delete":
        del container[key]
    elif kind == "duplicate" and isinstance(container, list):
        container.insert(chance.randrange(len(container) + 1), copy.deepcopy(container[key]))
    elif isinstance(container, dict):
        container[chance.choice((f"{key}_x", str(key).upper(), "new"))] = container.pop(key)


@pytest.mark.parametrize("form", PLAIN)
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_mutation_makes_a_component_fine(form: str, seed: int) -> None:
    """One to three broken places, and whatever is still read is no greener than before."""
    chance = random.Random(seed)
    trees = copy.deepcopy(list(TREES[form]))
    before = fine(read(form, trees))
    assert before == {"Alpha"}
    for _ in range(chance.randint(1, 3)):
        if places(trees)[len(trees) :]:
            mutate(trees, chance)
    try:
        after = fine(read(form, trees))
    except UnreadableError:
        return
    assert after <= before


@pytest.mark.parametrize("form", PLAIN)
@settings(max_examples=60, deadline=None)
@given(
    tree=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["data", "components", "name", "status", "results", "id", "included"]
                )
                | st.text(max_size=4),
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
    try:
        read(form, trees)
    except UnreadableError:
        return


PAGE = (Path(__file__).parent / "pages" / "dashboard.html").read_text(encoding="utf-8")


@settings(max_examples=100, deadline=None)
@given(number=st.integers(0, 200), kind=st.sampled_from(["delete", "class", "tag"]))
def test_no_broken_node_of_a_page_makes_a_row_fine(number: int, kind: str) -> None:
    """The same for a page of HTML: an element gone, without its class, or of another kind."""
    tree = LexborHTMLParser(PAGE)
    nodes = tree.css("body *")
    node = nodes[number % len(nodes)]
    if kind == "delete":
        node.decompose()
    elif kind == "class":
        node.attrs["class"] = "x"
    else:
        node.unwrap()
    given_source = source(form="html", selectors=SELECTORS)
    try:
        got = html.read(((tree.html or "").encode(),), (None,), given_source, NOON)
    except UnreadableError:
        return
    assert fine(got) <= {"Assurabilité"}
