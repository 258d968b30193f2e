"""The loader takes what an editor meant, and says exactly where anything else stands."""

import shutil
from pathlib import Path

import pytest

from bot.commands.new import skeleton
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


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("procedures/x.yml", "a file with this ending is not read -> rename it to x.yaml"),
        ("procedures/X.YAML", "a file with this ending is not read -> rename it to X.yaml"),
        ("lexicon/x.yml", "a file with this ending is not read -> rename it to x.yaml"),
        ("services.yml", "a file with this ending is not read -> rename it to services.yaml"),
        ("lexicon/new/x.yaml", "a folder in a folder is not read -> move the file to lexicon/"),
    ],
)
def test_a_file_that_nothing_would_read_is_named(folder: Path, place: str, says: str) -> None:
    """An editor takes it for a part of the base."""
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text("- id: x\n")
    assert faults(folder) == [f"{place}:1:1: {says}"]


@pytest.mark.parametrize("text", ["", "\n", "# to be written\n"])
def test_an_empty_file_of_procedures_is_an_empty_list(folder: Path, text: str) -> None:
    """The shell makes it before `new` has printed a word into it."""
    before = load_knowledge(folder)
    (folder / "procedures" / "mine.yaml").write_text(text)
    assert load_knowledge(folder).procedures == before.procedures


def test_an_unfilled_skeleton_is_told_in_plain_words(folder: Path) -> None:
    """Each empty text once, and null only where nothing need be said."""
    text = skeleton("nurse-no-network", ("nurse",)).replace("sources: [seed]", "sources: []")
    (folder / "procedures" / "mine.yaml").write_text(text)
    told = [one.partition(": ")[2] for one in faults(folder)]
    assert "title.fr: the text is empty -> write the text" in told
    assert (
        "limits.nl: the text is empty -> write the text, "
        "or `limits: null` where there is nothing to say"
    ) in told
    assert "questions.de.0: the text is empty -> write the text, or take it out of the list" in told
    assert [one for one in told if "list is empty" in one] == [
        "sources: the list is empty -> give at least one"
    ]
    assert not any("Tuple" in one or "String" in one for one in told)


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
