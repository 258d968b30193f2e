"""One broken place in a good body: a node deleted, duplicated, renamed or of another type.

What a mutation must not do is to write another lawful body: where a format's words are numbers,
no other number is put in their place, and a name is not replaced by another name.
"""

import copy
import random
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, tostring
from selectolax.lexbor import LexborHTMLParser

KINDS = ("delete", "duplicate", "rename", "retype")
OTHER_TYPES: tuple[Any, ...] = (None, 7, 1, True, [], {}, [{}], 1e300)
OTHER_TEXTS = ("", "x", "None", "-1", "1e9", "true")
_NUMBER_WORDS = {"status", "value", "latest_status", "status_code"}


def mutate_json(trees: list[Any], chance: random.Random) -> None:
    """Breaks one place within the trees."""
    found = places(trees)[len(trees) :]
    if not found:
        return
    container, key = chance.choice(found)
    kind = chance.choice(KINDS)
    if kind == "retype":
        container[key] = copy.deepcopy(chance.choice(_others(container, key)))
    elif kind == "delete":
        del container[key]
    elif kind == "duplicate" and isinstance(container, list):
        container.insert(chance.randrange(len(container) + 1), copy.deepcopy(container[key]))
    elif isinstance(container, dict):
        container[chance.choice((f"{key}_x", str(key).upper(), "new"))] = container.pop(key)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) within a tree."""
    keys = list(node) if isinstance(node, dict) else range(len(node))
    found = [(node, key) for key in keys]
    for key in keys:
        if isinstance(node[key], dict | list):
            found += places(node[key])
    return found


def _others(container: Any, key: Any) -> list[Any]:
    value = container[key]
    others = [one for one in OTHER_TYPES if type(one) is not type(value)]
    if key in _NUMBER_WORDS:
        others = [one for one in others if type(one) is not int]
    if "name" not in str(key):
        others.append(str(value))
    return others


def mutate_xml(body: bytes, chance: random.Random) -> bytes:
    """The document with one element or attribute broken."""
    root = fromstring(body)
    parents = [(parent, child) for parent in root.iter() for child in parent]
    if not parents:
        return body
    parent, child = chance.choice(parents)
    kind = chance.choice(KINDS)
    if kind == "delete":
        parent.remove(child)
    elif kind == "duplicate":
        parent.insert(chance.randrange(len(parent) + 1), copy.deepcopy(child))
    elif kind == "rename":
        _rename(child, chance)
    else:
        _retype(child, chance)
    return bytes(tostring(root, encoding="utf-8"))


def _rename(element: Element, chance: random.Random) -> None:
    name = chance.choice([None, *element.attrib])
    if name is None:
        element.tag += "X"
    else:
        element.set(f"{name}X", element.attrib.pop(name))


def _retype(element: Element, chance: random.Random) -> None:
    name = chance.choice([None, *(one for one in element.attrib if one != "Name")])
    other = chance.choice(OTHER_TEXTS)
    if name is None:
        element.text = other
    else:
        element.set(name, other)


def mutate_html(page: str, chance: random.Random) -> str:
    """The page with one element of its body broken; rows keep their names."""
    tree = LexborHTMLParser(page)
    nodes = tree.css("body *")
    if not nodes:
        return page
    node = chance.choice(nodes)
    kind = chance.choice((*KINDS, "unwrap"))
    whole, part = tree.html or "", node.html or ""
    if kind == "delete":
        node.decompose()
    elif kind == "unwrap":
        node.unwrap()
    elif kind == "duplicate":
        return whole.replace(part, part * 2, 1)
    elif kind == "rename":
        node.attrs["class"] = "x"
    elif not node.css_first("td") and node.attributes.get("class") != "name":
        node.inner_html = chance.choice(OTHER_TEXTS)
    return tree.html or ""
