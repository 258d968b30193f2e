"""The stable command line, run as a person or a script runs it: as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import CHECKOUT_KNOWLEDGE


@pytest.fixture(name="bis")
def _bis(tmp_path: Path) -> "Bis":
    return Bis(tmp_path)


class Bis:
    """Runs `python -m bot` with a data folder of its own and no setting of the machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {"DATA_DIR": str(folder / "data")}

    def __call__(
        self, *arguments: str, typed: str = "", **settings: str
    ) -> subprocess.CompletedProcess[str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("TELEGRAM", "WEBHOOK"))}
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=typed,
            env={**plain, "NO_COLOR": "1", **self.settings, **settings},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


ASKED = (
    (
        "recip-e plante, je fais comment pour délivrer ?",
        "fr",
        "pharmacist",
        "dispense-on-paper-proof",
    ),
    ("Recip-e ligt plat, hoe lever ik nu af?", "nl", "pharmacist", "dispense-on-paper-proof"),
    ("Recip-e streikt, wie gebe ich jetzt ab?", "de", "pharmacist", "dispense-on-paper-proof"),
    ("recip-e is down, how do I dispense now?", "en", "pharmacist", "dispense-on-paper-proof"),
    ("lecteur de carte en panne chez le patient", "fr", "nurse", "nurse-manual-entry-reason"),
)


def test_questions_in_four_languages_get_their_procedure_line_by_line(bis: Bis) -> None:
    """One object in, one out, in order, with the keys of the stable format."""
    lines = [
        json.dumps({"text": text, "language": language, "profession": profession})
        for text, language, profession, _ in ASKED
    ]
    done = bis("ask", "--jsonl", "--no-status", typed="\n".join(lines) + "\n")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["procedure"] for one in answers] == [expected for *_, expected in ASKED]
    assert [one["language"] for one in answers] == [language for _, language, *_ in ASKED]
    first = answers[0]
    assert set(first) == {"kind", "language", "profession", "procedure", "candidates", "services"}
    assert first["kind"] == "answer"
    assert first["services"] == [
        {"service": "recip-e", "state": "unknown", "checked_at": None, "stale": False}
    ]
    assert 1 <= len(first["candidates"]) <= 5


def test_a_bad_line_does_not_end_the_stream(bis: Bis) -> None:
    """What it lacks is told with its number, the others are answered in order; the code is 1."""
    good = [json.dumps({"text": text, "language": "nl"}) for text in ("weer", "Recip-e ligt plat")]
    lines = [good[0], '{"text": 7}', '{"text": "x", "language": "it"}', "", "[", good[1]]
    done = bis("ask", "--jsonl", "--no-status", typed="\n".join(lines) + "\n")
    assert done.returncode == 1
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "line 2",
        "line 3",
        "line 5",
    ]
    kinds = [json.loads(line)["kind"] for line in done.stdout.splitlines()]
    assert len(kinds) == len(good)
    assert kinds[0] == "unknown"


@pytest.mark.parametrize("name", ["dokter", "Médecin généraliste", "general-practitioner"])
def test_a_profession_is_given_by_any_of_its_names(bis: Bis, name: str) -> None:
    """As in the chat; what is printed is its id."""
    done = bis("ask", "--json", "--no-status", "--profession", name, "recip-e plante")
    assert json.loads(done.stdout)["profession"] == "general-practitioner"


def test_the_weather_is_unknown(bis: Bis) -> None:
    """What is out of scope gets no procedure."""
    done = bis("ask", "--json", "--no-status", "quel temps fait-il demain")
    assert json.loads(done.stdout)["kind"] == "unknown"
    assert json.loads(done.stdout)["procedure"] is None


def test_a_national_number_in_a_question_leaves_no_trace(bis: Bis) -> None:
    """Neither the answer, nor an error, nor any file carries it."""
    number = "85073003328"
    done = bis("ask", "--no-status", "--explain", f"patient {number} sans carte, que faire ?")
    assert number not in done.stdout + done.stderr
    kept = [p for p in bis.folder.rglob("*") if p.is_file() and number.encode() in p.read_bytes()]
    assert kept == []


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "says"),
    [
        (("ask", "--profession", "nurs", "x", "--no-status"), "", 2, "did you mean 'nurse'"),
        (
            ("ask", "--profession", "foo", "x", "--no-status"),
            "",
            2,
            "no profession of that name. There",
        ),
        (("ask", "--language", "it", "x", "--no-status"), "", 2, "fr, nl, de, en"),
        (("ask",), "", 2, "Give a question"),
        (("ask", "   "), "", 2, "Give a question"),
        (("ask", "--jsonl", "--no-status"), "not json\n", 1, "line 1"),
        (("evaluate", "."), "", 2, "this is a folder"),
        (("status", "--history", "7d", "--csv", "--json"), "", 2, "one of --csv and --json"),
        (("evaluate", "nowhere.jsonl"), "", 2, "there is no such file"),
        (("replay", "nowhere.yaml"), "", 2, "nowhere.yaml: No such file"),
        (("read", "pigeon", "x.json"), "", 2, "no format 'pigeon'"),
        (("read", "ehealth", "nowhere.json"), "", 2, "nowhere.json"),
        (("show", "--language", "it", "dispense-on-paper-proof"), "", 2, "fr, nl, de, en"),
        (("status", "--language", "it"), "", 2, "fr, nl, de, en"),
        (("show", "dispense-on-papr"), "", 2, "did you mean 'dispense-on-paper-proof'"),
        (("new", "dispense-on-paper-proof"), "", 2, "has that id already"),
        (("status", "--service", "recipe"), "", 2, "did you mean 'recip-e'"),
        (("status", "--service", "foo"), "", 2, "no service of that id"),
        (("status", "--history", "7x"), "", 2, "7d or 12h"),
        (("status", "--csv"), "", 2, "--history"),
        (("run",), "", 1, "@BotFather"),
        (("chat", "--language", "lu"), "", 2, "there are fr, nl, de, en"),
        (("chat", "--profession", "nurs"), "", 2, "did you mean 'nurse'"),
    ],
)
def test_wrong_usage_is_told_in_one_clear_line(
    bis: Bis, arguments: tuple[str, ...], typed: str, code: int, says: str
) -> None:
    """What is wrong and how to mend it, on standard error, with no traceback."""
    done = bis(*arguments, typed=typed)
    assert done.returncode == code
    assert says in done.stderr.replace("\n", " ").replace("  ", " ")
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["evaluate", "replay", "read gatus"])
def test_a_file_that_is_no_text_is_refused_by_its_name(
    bis: Bis, tmp_path: Path, command: str
) -> None:
    """Half of a picture, or a table saved by an office program."""
    file = tmp_path / "no-text"
    file.write_bytes(b"\xff\xfe\x00{")
    done = bis(*command.split(), str(file))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_broken_file_stops_the_start_with_its_place(bis: Bis, tmp_path: Path) -> None:
    """File, line, column, what it is, and how to mend it."""
    folder = Path(shutil.copytree(CHECKOUT_KNOWLEDGE, tmp_path / "knowledge"))
    path = folder / "services.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("- id: sts\n", "- id: sts\n  hue: x\n")
    )
    done = bis("ask", "x", "--no-status", KNOWLEDGE_DIR=str(folder))
    assert done.returncode == 1
    assert "services.yaml:" in done.stderr
    assert "remove the key or correct its spelling" in done.stderr


def test_a_setting_that_cannot_be_used_is_named_without_its_value(bis: Bis) -> None:
    """A token pasted into the wrong variable must not appear in an error."""
    done = bis("ask", "x", SENDS_PER_SECOND="123456:secret-token-in-the-wrong-place")
    assert done.returncode == 1
    assert "SENDS_PER_SECOND" in done.stderr
    assert "secret" not in done.stderr


def test_an_entry_is_shown_as_the_chat_shows_it(bis: Bis) -> None:
    """In one language, with its steps and its sources."""
    done = bis("show", "eid-pin-blocked", "--language", "nl")
    assert done.returncode == 0
    assert "1. " in done.stdout


def test_a_new_entry_starts_from_a_skeleton(bis: Bis) -> None:
    """Every key with a comment that says what belongs there."""
    done = bis("new", "nurse-no-network")
    assert done.returncode == 0
    assert done.stdout.startswith("- id: nurse-no-network\n")
    assert "at most 160 characters" in done.stdout


def test_an_editor_sees_why_an_answer_was_given(bis: Bis) -> None:
    """Which words met what, and what each candidate scored."""
    done = bis("ask", "--no-status", "--explain", "recip-e plante à la pharmacie")
    assert "words:" in done.stdout
    assert "none of them:" in done.stdout


def test_the_evaluation_prints_its_table_and_its_json(bis: Bis, tmp_path: Path) -> None:
    """For people and for machines, from a file of cases."""
    file = tmp_path / "cases.jsonl"
    cases = [
        {"q": text, "lang": language, "profession": profession, "kind": "in", "expect": [expected]}
        for text, language, profession, expected in ASKED
    ]
    cases.append({"q": "quel temps fait-il", "lang": "fr", "kind": "oos", "expect": []})
    file.write_text("\n".join(json.dumps(one) for one in cases), encoding="utf-8")
    table = bis("evaluate", str(file))
    assert table.returncode == 0, table.stderr
    assert "first candidate right" in table.stdout
    data = json.loads(bis("evaluate", str(file), "--json").stdout)
    assert data["measures"]["all"]["first candidate right"]["of"] == len(ASKED)
    assert "expected_calibration_error" in data
