"""What a subscriber is told, of each kind, and that it never changes by itself."""

from datetime import timedelta
from typing import Any

import pytest

from bot.alerts.model import Affected, Outgoing, Ping
from bot.chat.callbacks import Verb, parse
from bot.chat.markup import Html, stripped
from bot.chat.routes import ROUTES
from bot.chat.views.ping import render
from bot.knowledge import Knowledge
from bot.status.model import ChangeKind, Emergency, Phase, State
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.samples import NOW, incident, knowledge, minutes_ago, procedure, said

WORDS = Words()


def ping(kind: ChangeKind = ChangeKind.ONSET, **more: Any) -> Ping:
    given: dict[str, Any] = {
        "code": "REC-0124-1",
        "chat_id": 7,
        "language": "fr",
        "profession": "pharmacist",
        "affected": (Affected("recip-e", State.MAJOR_OUTAGE, minutes_ago(61), "ehealth"),),
        "started_at": minutes_ago(61),
        **more,
    }
    return Ping(kind, **given)


def told(one: Ping, known: Knowledge | None = None) -> str:
    return stripped(Html(render(one, known or knowledge(), WORDS).text))


def verbs(outgoing: Outgoing) -> list[Verb]:
    presses = [parse(data) for row in outgoing.buttons for _, data in row]
    return [press.verb for press in presses if press is not None]


@pytest.mark.parametrize("language", ["fr", "nl", "de", "en"])
@pytest.mark.parametrize("profession", ["pharmacist", "nurse", None])
@pytest.mark.parametrize("kind", ChangeKind)
def test_each_kind_can_be_sent_and_carries_its_code(
    kind: ChangeKind, profession: str | None, language: str
) -> None:
    """In each language, with all that may hang on it, and buttons that leave it as it is."""
    full = ping(
        kind,
        language=language,
        profession=profession,
        incident=incident(),
        ended_at=NOW,
        emergency=Emergency(NOW, "b.example.be"),
    )
    outgoing = render(full, knowledge(), WORDS)
    assert_sendable(outgoing)
    assert "REC-0124-1" in outgoing.text
    assert all(ROUTES[verb].fresh for verb in verbs(outgoing))


def test_an_onset_tells_what_since_when_who_says_and_what_to_do() -> None:
    """The first line alone is enough to understand it on a locked telephone."""
    text = told(ping(incident=incident()))
    assert text.splitlines()[0] == "🔴 Recip-e : en panne depuis 21 nov. 13:02"
    for part in ("Source : eHealth", "On cherche", "Que faire\n1. Demander la preuve papier"):
        assert part in text
    assert verbs(render(ping(), knowledge(), WORDS)) == [Verb.OPEN, Verb.STATUS_NEW, Verb.MUTE]


def test_a_parent_lists_its_children_in_one_message() -> None:
    """And the steps are those of the child that this profession uses."""
    parent = Affected("sts", State.MAJOR_OUTAGE, minutes_ago(5), "ehealth", ("recip-e",))
    text = told(ping(affected=(parent,)))
    assert "Touchés aussi : Recip-e" in text
    assert "Demander la preuve papier" in text


def test_no_steps_are_guessed() -> None:
    """What no editor marked for such an outage and profession is a button, not advice."""
    for one in (ping(profession="dentist"), ping(profession=None)):
        outgoing = render(one, knowledge(), WORDS)
        assert "Que faire" not in stripped(Html(outgoing.text))
        assert verbs(outgoing)[0] is Verb.TOPIC_NEW


def test_of_a_long_procedure_the_first_steps_are_told() -> None:
    """The rest is a button away."""
    steps = tuple(said(f"Étape {n} " + "x" * 140) for n in range(1, 15))
    long = procedure("long", "Longue", steps=steps, outage_of=("recip-e",))
    text = told(ping(), knowledge(procedures={"long": long}))
    assert "4. Étape 4" in text
    assert "Étape 5" not in text


def test_a_resolved_ping_tells_the_duration_and_what_to_put_right() -> None:
    """It is not muted any more, and quotes no old words."""
    done = ping(
        ChangeKind.RESOLVED,
        affected=(Affected("recip-e", State.OPERATIONAL, NOW, "ehealth"),),
        ended_at=NOW,
        incident=incident(),
    )
    text = told(done)
    assert text.startswith("🟢 Recip-e fonctionne de nouveau")
    assert "A duré 1 h 01 min, du 21 nov. 13:02 à 14:03" in text
    assert "Une fois rétabli\nEncoder la délivrance" in text
    assert "On cherche" not in text
    assert Verb.MUTE not in verbs(render(done, knowledge(), WORDS))


def test_an_emergency_names_its_route() -> None:
    """Since when, and that the software follows by itself; whose it is, where that is known."""
    switched = ping(ChangeKind.EMERGENCY_ON, emergency=Emergency(NOW, "b.example.be"))
    assert (
        "Depuis 21 nov. 14:03, par la route de secours b.example.be. "
        "Votre logiciel suit de lui-même s'il connaît ce détour."
    ) in told(switched)
    direct = ping(ChangeKind.EMERGENCY_ON, emergency=Emergency(NOW, "prod.mycarenet.be:9443"))
    assert "par la voie propre des mutualités" in told(direct)


def test_planned_work_tells_its_window() -> None:
    """With the day and the announced effect, and no steps yet."""
    work = incident(
        phase=Phase.SCHEDULED,
        impact=State.MAJOR_OUTAGE,
        starts_at=NOW + timedelta(days=1),
        ends_at=NOW + timedelta(days=1, hours=2),
    )
    text = told(ping(ChangeKind.PLANNED, incident=work))
    assert "du 22 nov. 14:03 à 16:03\neffet annoncé : en panne" in text
    assert "Que faire" not in text


def test_what_the_team_announced_is_said_to_be() -> None:
    """It is not passed off as a source's word."""
    text = told(ping(announced=True))
    assert "Annoncé par l'équipe de Bis" in text
    assert "Source :" not in text


def test_the_same_ping_is_the_same_text() -> None:
    """A repeated edit is "not modified", which proves that it was applied."""
    assert render(ping(), knowledge(), WORDS) == render(ping(), knowledge(), WORDS)


def test_hostile_words_of_a_source_are_harmless() -> None:
    """Quoted, capped and escaped."""
    evil = incident(title='<a href="x">&' * 200, updates=("</blockquote>\u202e" * 200,))
    assert_sendable(render(ping(incident=evil), knowledge(), WORDS))


def test_a_ping_about_nothing_is_our_mistake() -> None:
    """It is not sent as an empty message."""
    with pytest.raises(LookupError, match="REC-0124-1"):
        render(ping(affected=()), knowledge(), WORDS)
