"""What an operator set wrongly, or what is broken on the disk: told in one line with its mend."""

from pathlib import Path

import pytest

from bot.faults import OperatorError
from bot.knowledge.problems import KnowledgeError
from bot.loading import cache_dir, load_base, load_matcher, load_settings
from bot.opening import opened_store
from bot.settings import Settings

SECRET = "pass-word"


def settings(data: Path, **more: object) -> Settings:
    """Those of an operator who set no more than these."""
    return Settings(_env_file=None, data_dir=data, **more)  # type: ignore[arg-type]


async def refusal(of: Settings) -> str:
    """What opening the store says."""
    with pytest.raises(OperatorError) as told:
        async with opened_store(of):
            pass
    return str(told.value)


async def test_a_data_folder_that_cannot_be_one_is_named(tmp_path: Path) -> None:
    """With the setting that names another."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    told = await refusal(settings(tmp_path / "file"))
    assert f"DATA_DIR ({tmp_path / 'file'}) cannot be written" in told
    assert "set DATA_DIR to another one" in told


async def test_a_damaged_database_is_told_with_what_to_do_with_the_file(tmp_path: Path) -> None:
    """It is not overwritten: it may hold what can be saved."""
    path = tmp_path / "bis.sqlite3"
    path.write_bytes(b"no database at all" * 300)
    told = await refusal(settings(tmp_path))
    assert "put back its last copy or move it away" in told
    assert path.read_bytes().startswith(b"no database")


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        f"oracle9://user:{SECRET}@127.0.0.1/bis",
        f"postgresql://user:{SECRET}@127.0.0.1/bis",
        f"postgresql+asyncpg://user:{SECRET}@127.0.0.1:1/bis",
    ],
)
async def test_a_database_address_that_leads_nowhere_is_told_without_its_password(
    tmp_path: Path, url: str
) -> None:
    """Not an address, an engine or a driver that there is not, and nobody there."""
    told = await refusal(settings(tmp_path, database_url=url))
    assert "DATABASE_URL" in told
    assert "postgresql+asyncpg://user:password@host/name" in told
    assert SECRET not in told


def test_a_settings_file_that_is_no_text_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saved in another encoding, or no text at all."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(OperatorError, match=r"\.env cannot be read .* UTF-8"):
        load_settings()


def test_a_content_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """As a file without the right to read it is."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for name in ("professions", "services", "sources", "contacts", "references"):
        (folder / f"{name}.yaml").write_text("[]", encoding="utf-8")
    (folder / "procedures" / "one.yaml").mkdir(parents=True)
    with pytest.raises(
        KnowledgeError, match=r"one\.yaml:1:1: cannot be read: .* -> make it a file"
    ):
        load_base(settings(tmp_path, knowledge_dir=folder))


def test_without_a_place_for_the_cache_all_is_loaded_all_the_same(tmp_path: Path) -> None:
    """It is only slower: a question is answered from a disk that is full or only read."""
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    assert load_matcher(settings(tmp_path)).procedures


def test_half_a_cache_is_built_anew(tmp_path: Path) -> None:
    """As a power cut may leave it."""
    given = settings(tmp_path)
    whole = load_base(given)
    (kept,) = cache_dir(given).glob("knowledge-*.json")
    content = kept.read_bytes()
    kept.write_bytes(content[:1000])
    assert load_base(given).procedures == whole.procedures
    assert kept.read_bytes() == content
