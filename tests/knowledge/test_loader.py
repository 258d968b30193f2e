"""The loader takes what an editor meant, and says exactly where anything else stands."""

import shutil
from pathlib import Path

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.problems import KnowledgeError
from bot.settings import CHECKOUT_KNOWLEDGE


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A copy of the shipped knowledge base that a test may spoil."""
    return Path(shutil.copytree(CHECKOUT_KNOWLEDGE, tmp_path / "knowledge"))


def spoiled(path: Path, old: str, new: str) -> int:
    """Replaces the first `old` in a file; returns the line where it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults(folder: Path) -> list[str]:
    """What the loader says of a spoiled folder."""
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(folder)
    return [str(problem) for problem in caught.value.problems]


def test_the_shipped_base_loads_whole() -> None:
    """All that is shipped loads, in four languages, with nothing pointing nowhere."""
    knowledge = load_knowledge(CHECKOUT_KNOWLEDGE)
    assert len(knowledge.procedures) >= 25
    assert knowledge.procedures["dispense-on-paper-proof"].professions == ("pharmacist",)
    assert knowledge.services["recip-e"].depends_on == ("sts", "kgss")


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("services.yaml", "- id: sts\n", "- id: sts\n  colour: red\n", "colour: Extra inputs"),
        ("services.yaml", '  code: "STS"\n', "", "code: Field required"),
        (
            "services.yaml",
            "depends_on: [ehealth-platform]",
            "depends_on: [ehealth]",
            "did you mean",
        ),
        ("services.yaml", "- id: itsme\n", "- id: eid\n", "the id 'eid' stands already at"),
        ("services.yaml", "- id: sts\n", "-\tid: sts\n", "a tab -> use spaces"),
        ("services.yaml", "- id: sts\n", "- &x id: sts\n", "anchor or alias"),
        ("services.yaml", "- id: sts\n", "- !!str id: sts\n", "a tag (!)"),
        ("services.yaml", '  code: "STS"\n', '  code: "STS"\n  code: "STT"\n', "a second time"),
        ("services.yaml", '  code: "STS"\n', '  code: "STS\n', "not valid YAML"),
        ("contacts.yaml", "sources: [auder, ", "sources: [nowhere, ", "'nowhere' is in no entry"),
        ("references.yaml", "published: null", "published: soon", "published: String should match"),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_mend(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    """Each slip an editor may make is told as file:line:column: what -> how to mend it."""
    line = spoiled(folder / file, old, new)
    told = faults(folder)
    matching = [one for one in told if says in one]
    assert matching, told
    name, told_line, _ = matching[0].split(":")[:3]
    assert name == file
    assert abs(int(told_line) - line) <= 2
    assert " -> " in matching[0]


def test_a_circle_of_dependencies_is_refused(folder: Path) -> None:
    """STS cannot rest on what rests on STS."""
    spoiled(folder / "services.yaml", "depends_on: [ehealth-platform]", "depends_on: [mycarenet]")
    assert any("depends on itself in a circle" in one for one in faults(folder))


def test_two_files_cannot_hold_one_id(folder: Path) -> None:
    """The place of the first is named beside the place of the second."""
    first = folder / "procedures" / "login.yaml"
    shutil.copy(first, folder / "procedures" / "zz-copy.yaml")
    told = faults(folder)
    assert any(
        "zz-copy.yaml" in one and "stands already at procedures/login.yaml:" in one for one in told
    )


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("- id: é\n".encode("latin-1"), "this is not UTF-8 text"),
        (b"# " + b"x" * (256 * 1024), "split it into two files"),
        (b"just a text\n", "the file must be a list of entries"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(folder: Path, raw: bytes, says: str) -> None:
    """Another encoding, a file too large, or no list at all."""
    (folder / "procedures" / "zz.yaml").write_bytes(raw)
    assert any(says in one and "zz.yaml" in one for one in faults(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    """The operator learns which one, and that the last good version has it."""
    (folder / "contacts.yaml").unlink()
    assert faults(folder) == [
        "contacts.yaml:1:1: the file is missing -> put the file back from the last good version"
    ]


def test_a_missing_folder_says_which_setting_to_look_at(tmp_path: Path) -> None:
    """KNOWLEDGE_DIR is named."""
    assert "KNOWLEDGE_DIR" in faults(tmp_path / "nowhere")[0]


def test_the_cache_gives_the_same_base_and_never_an_old_one(folder: Path, tmp_path: Path) -> None:
    """A second start reads the cache; one changed letter makes it read the files again."""
    cache = tmp_path / "cache"
    first = load_knowledge(folder, cache)
    again = load_knowledge(folder, cache)
    assert again == first
    assert len(list(cache.glob("knowledge-*.json"))) == 1
    spoiled(folder / "services.yaml", "Plate-forme eHealth (Smals)", "Plate-forme eHealth")
    changed = load_knowledge(folder, cache)
    assert changed.version != first.version
    assert changed.services["ehealth-platform"].operator == "Plate-forme eHealth"
    assert len(list(cache.glob("knowledge-*.json"))) == 1
