"""A changed knowledge folder is taken up whole, or refused with its place; nobody restarts."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
import yaml

from bot.alerts.graph import Graph
from bot.chat.admins import SHOWN, refusal
from bot.chat.markup import MESSAGE_LIMIT, Html, units
from bot.knowledge import LANGUAGES
from bot.knowledge.problems import Problem
from bot.live_board import LiveBoard
from bot.loading import Base, load_matcher
from bot.reloading import Reload, Reloader, fingerprint
from bot.running import in_background
from bot.settings import CHECKOUT_KNOWLEDGE, Settings
from bot.status.kept import Kept
from bot.status.unreadable import UnreadableReason
from bot.words import Words
from tests.telegram_server import TOKEN, TelegramServer

PATIENCE = 60.0
ENTRY = "dispense-on-paper-proof"
SOURCES = """\
- id: network
  names: {fr: "Réseau", nl: "Netwerk", de: "Netz", en: "Network"}
  format: none
  page: https://status.example.be/network
  services: {"Belnet": network}
"""
ANNA, BORIS = 100, 101


@pytest.fixture(name="prepared", scope="module")
def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped folder with one entry, no lexicon, no source that a machine reads; its cache."""
    home = tmp_path_factory.mktemp("prepared")
    folder = Path(shutil.copytree(CHECKOUT_KNOWLEDGE, home / "knowledge"))
    alone = []
    for path in (folder / "procedures").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if f"- id: {ENTRY}\n" in text:
            alone = [entry for entry in yaml.safe_load(text) if entry["id"] == ENTRY]
        path.unlink()
    alone[0].pop("siblings", None)
    alone = [{key: value for key, value in alone[0].items() if value is not None}]
    text = yaml.safe_dump(alone, allow_unicode=True, width=9999, default_style='"')
    write(folder / "procedures" / "one.yaml", text)
    write(folder / "sources.yaml", SOURCES)
    shutil.rmtree(folder / "lexicon")
    load_matcher(Settings(_env_file=None, data_dir=home, knowledge_dir=folder))
    return home


@pytest.fixture(name="folder")
def _folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    shutil.copytree(prepared / "cache", tmp_path / "cache")
    return Path(shutil.copytree(prepared / "knowledge", tmp_path / "knowledge"))


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    write(path, text.replace(old, new, 1))


@dataclass
class Bench:
    """A base over a real folder, what was adopted and what was told."""

    folder: Path
    settings: Settings
    adopted: int = 0
    told: list[Problem] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        taken = fingerprint(self.folder)
        self.base = Base(load_matcher(self.settings))
        self.reloader = Reloader(
            base=self.base,
            folder=self.folder,
            taken=taken,
            load=partial(load_matcher, self.settings),
            adopt=self._adopt,
            tell=self._tell,
            asked=self.asked,
            every=0.02,
        )

    @property
    def title(self) -> str:
        return self.base.knowledge.procedures[ENTRY].title.en

    @property
    def entries(self) -> Path:
        return self.folder / "procedures" / "one.yaml"

    @property
    def services(self) -> Path:
        return self.folder / "services.yaml"

    def retitle(self, title: str) -> None:
        change(self.entries, f'"en": "{self.title}"', f'"en": "{title}"')

    def _adopt(self) -> None:
        self.adopted += 1

    async def _tell(self, problems: tuple[Problem, ...]) -> None:
        self.told += problems


@pytest.fixture(name="bench")
def _bench(folder: Path, tmp_path: Path) -> Bench:
    return Bench(folder, Settings(_env_file=None, data_dir=tmp_path, knowledge_dir=folder))


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if holds():
                return
            await asyncio.sleep(0.01)


async def test_a_saved_correction_is_taken_up(bench: Bench) -> None:
    """By the look at the folder alone; what was worked out from the old base is told."""
    async with in_background(bench.reloader.run()):
        bench.retitle("Dispense another way")
        await until(lambda: bench.title == "Dispense another way")
    assert bench.adopted == 1
    assert bench.told == []


async def test_a_folder_that_still_changes_is_not_read(bench: Bench) -> None:
    """Several files saved in a row are read when two looks see the same."""
    read: list[str] = []
    saves = iter(["First", "Second", "Third"])
    done = asyncio.Event()

    def load() -> None:
        read.append(bench.entries.read_text(encoding="utf-8").count("Third") * "Third")
        done.set()
        raise OSError

    async def look() -> bool:
        title = next(saves, None)
        if title is not None:
            write(bench.entries, bench.entries.read_text(encoding="utf-8") + f"# {title}\n")
        return False

    bench.reloader._load = load  # type: ignore[assignment]
    bench.reloader._wait = look  # type: ignore[method-assign]
    async with in_background(bench.reloader.run()):
        async with asyncio.timeout(PATIENCE):
            await done.wait()
    assert read == ["Third"]


async def test_a_fault_is_refused_and_told_once_with_its_place(bench: Bench) -> None:
    """The old base goes on; the same fault is told once, another one again, until it is mended."""
    old = bench.base.matcher
    good = bench.services.read_text(encoding="utf-8")
    change(bench.services, "- id: sts\n", "- id: sts\n  hue: x\n")
    assert await bench.reloader.reload() is Reload.REFUSED
    assert await bench.reloader.reload() is Reload.REFUSED
    [problem] = bench.told
    line = bench.services.read_text(encoding="utf-8").splitlines().index("  hue: x") + 1
    assert (problem.path, problem.line) == ("services.yaml", line)
    assert problem.mend == "remove the key or correct its spelling"
    change(bench.services, "- id: kgss\n", "- id: kgss\n  colour: y\n")
    assert await bench.reloader.reload() is Reload.REFUSED
    assert [one.what.split(":")[0] for one in bench.told] == ["hue", "colour"]
    assert bench.base.matcher is old
    write(bench.services, good)
    assert await bench.reloader.reload() is Reload.SAME
    change(bench.services, "- id: sts\n", "- id: sts\n  hue: x\n")
    assert await bench.reloader.reload() is Reload.REFUSED
    assert [one.what.split(":")[0] for one in bench.told] == ["hue", "colour", "hue"]
    assert bench.adopted == 0


async def test_a_folder_that_cannot_be_read_is_a_fault_too(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that points nowhere, or a folder that is gone: the bot goes on."""
    (bench.folder / "procedures" / "lost.yaml").symlink_to(bench.folder / "nowhere.yaml")
    assert await bench.reloader.reload() is Reload.REFUSED
    shutil.rmtree(bench.folder)
    assert fingerprint(bench.folder) == ()
    assert await bench.reloader.reload() is Reload.REFUSED
    assert [(one.path, one.what.split(":")[0]) for one in bench.told] == [
        ("lost.yaml", "cannot be read"),
        ("knowledge", "there is no such folder"),
    ]
    assert "the changed knowledge base is refused: knowledge:1:1: there is no such" in caplog.text
    assert bench.title


async def test_a_file_of_another_ending_is_seen_and_named(bench: Bench) -> None:
    """Its editor waits for it to be taken up."""
    before = fingerprint(bench.folder)
    (bench.folder / "procedures" / "mine.yml").touch()
    assert fingerprint(bench.folder) != before
    assert await bench.reloader.reload() is Reload.REFUSED
    assert [one.path for one in bench.told] == ["procedures/mine.yml"]


async def test_the_graph_of_alerts_follows(bench: Bench) -> None:
    """Whoever holds it sees what rests on what in the new base."""
    graph = Graph(bench.base.knowledge)
    assert "recip-e" in graph.descendants("kgss")
    change(bench.services, "depends_on: [sts, kgss]", "depends_on: [sts]")
    assert await bench.reloader.reload() is Reload.TAKEN_UP
    graph.adopt(bench.base.knowledge)
    assert "recip-e" not in graph.descendants("kgss")


async def test_the_watcher_is_replaced_where_services_or_sources_changed(bench: Bench) -> None:
    """An entry alone leaves it be; a new source is on the board without a restart."""
    watch = LiveBoard(bench.settings, lambda: bench.base.knowledge)
    assert watch.board().services == {}
    async with in_background(watch.run()):
        await until(lambda: watch._watcher is not None)
        first = watch._watcher
        bench.retitle("Dispense another way")
        await bench.reloader.reload()
        watch.adopt()
        assert not watch._changed.is_set()
        write(
            bench.folder / "sources.yaml",
            SOURCES
            + SOURCES.replace("id: network", "id: other")
            .replace("Belnet", "x")
            .replace(": network}", ": recip-e}"),
        )
        await bench.reloader.reload()
        watch.adopt()
        await until(lambda: watch._watcher is not first)
        status = watch.board().services["recip-e"]
    assert status.reason is UnreadableReason.NO_MACHINE_SOURCE
    assert status.page == "https://status.example.be/network"


async def test_what_a_watcher_ends_with_ends_the_watch(bench: Bench) -> None:
    """A fault of ours is not hidden by the loop around it."""

    async def lost() -> Kept:
        raise OSError("the store is lost")

    watch = LiveBoard(bench.settings, lambda: bench.base.knowledge, kept=lost)
    with pytest.raises(OSError, match="the store is lost"):
        await watch.run()


# Who is told


@pytest.fixture(name="server")
async def _server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as made:
        made.add_chat(ANNA)
        yield made


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_faults_fit_one_message(language: str) -> None:
    """The first ones with their places, then how many more there are."""
    many = tuple(Problem("services.yaml", n, 1, "x" * 900, "mend") for n in range(1, 40))
    told = refusal(Words(), language, many)
    assert units(Html(told.text)) <= MESSAGE_LIMIT
    assert str(len(many) - SHOWN) in told.text


async def test_a_real_bot_reads_anew_on_hangup(
    bench: Bench, server: TelegramServer, tmp_path: Path
) -> None:
    """A change that no look at sizes and times can see is taken up on SIGHUP."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "WEBHOOK"))}
    log = tmp_path / "log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment
            | {
                "DATA_DIR": str(tmp_path),
                "KNOWLEDGE_DIR": str(bench.folder),
                "TELEGRAM_TOKEN": TOKEN,
                "TELEGRAM_API_URL": server.url,
            },
            stderr=errors,
        )
    try:
        await server.wait_until(lambda: bool(server.calls("getUpdates")), PATIENCE, "the start")
        before = await server.ask(ANNA, f"/start p_{ENTRY}", language_code="en")
        assert before.text.startswith(bench.title)
        times = bench.entries.stat()
        bench.retitle(bench.title[::-1])
        os.utime(bench.entries, ns=(times.st_atime_ns, times.st_mtime_ns))
        process.send_signal(signal.SIGHUP)
        await until(lambda: b"was taken up" in log.read_bytes())
        after = await server.ask(ANNA, f"/start p_{ENTRY}", language_code="en")
        assert after.text.startswith(bench.title[::-1])
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
