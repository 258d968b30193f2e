"""What a subscriber is told, of each kind, and that it never changes by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from bot.alerts.model import Affected, Outgoing, Ping
from bot.chat.callbacks import Verb, parse
from bot.chat.markup import Html, stripped
from bot.chat.routes import ROUTES
from bot.chat.views.ping import render
from bot.knowledge import Knowledge
from bot.status.model import ChangeKind, Emergency, Phase, State
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.samples import NOW, incident, knowledge, minutes_ago, procedure, said, same

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


def planned(service: str, *, days: int) -> Affected:
    """Work of two hours in so many days."""
    starts = NOW + timedelta(days=days)
    ends = starts + timedelta(hours=2)
    work = incident(
        id=f"w{days}",
        phase=Phase.SCHEDULED,
        impact=State.MAJOR_OUTAGE,
        starts_at=starts,
        ends_at=ends,
    )
    return Affected(service, State.OPERATIONAL, starts, "ehealth", words=work)


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
    assert "Délivrer sur preuve papier (fr)\nLe lecteur ne répond pas" in text  # how it touches her
    assert verbs(render(ping(), knowledge(), WORDS)) == [Verb.OPEN, Verb.STATUS_NEW, Verb.MUTE]


def test_a_parent_lists_its_children_in_one_message() -> None:
    """And the steps are those of the child that this profession uses."""
    parent = Affected("sts", State.MAJOR_OUTAGE, minutes_ago(5), "ehealth", ("recip-e",))
    text = told(ping(affected=(parent,)))
    assert "Touchés aussi : Recip-e" in text
    assert "Demander la preuve papier" in text


def test_what_had_been_hit_with_a_parent_is_not_said_to_be_back() -> None:
    """Nor to be down: once the parent is back, its children are told as what they were."""
    parent = Affected("sts", State.OPERATIONAL, NOW, "ehealth", ("recip-e",))
    text = told(ping(ChangeKind.RESOLVED, affected=(parent,), ended_at=NOW))
    assert "Étaient touchés aussi : Recip-e" in text
    assert "Touchés aussi" not in text


def test_several_insurers_are_one_word() -> None:
    """Seven names would push the steps off the screen; one alone keeps its own."""
    base = knowledge()
    insurers = {
        name: base.services["recip-e"].model_copy(
            update={"id": name, "insurer": True, "names": same(name.title())}
        )
        for name in ("omnia", "parva")
    }
    known = replace(base, services={**base.services, **insurers})
    table = (
        (("omnia",), "Touchés aussi : Omnia"),
        (("omnia", "parva"), "Touchés aussi : les mutualités"),
        (("omnia", "recip-e", "parva"), "Touchés aussi : Recip-e, les mutualités"),
    )
    for children, line in table:
        parent = Affected("sts", State.MAJOR_OUTAGE, NOW, "ehealth", children)
        assert line in told(ping(affected=(parent,)), known).splitlines()


def two(kind: ChangeKind, **more: Any) -> str:
    """A message that tells of two services; of the second, what `more` says."""
    first = Affected("sts", State.MAJOR_OUTAGE, minutes_ago(50), "ehealth", code="STS-0003-2")
    other = Affected("recip-e", State.MAJOR_OUTAGE, minutes_ago(61), "ehealth", code="REC-0124-1")
    return told(ping(kind, code="STS-0003-2", affected=(first, replace(other, **more))))


def test_each_incident_of_a_shared_message_is_named() -> None:
    """Its later messages carry its own code."""
    assert "Incident STS-0003-2, REC-0124-1" in two(ChangeKind.ONSET)


def test_in_a_shared_message_what_is_back_is_said_to_be_back() -> None:
    """With the time, and without the steps that nobody needs any more."""
    text = two(ChangeKind.UPDATE, state=State.OPERATIONAL, ended_at=NOW, news=False)
    assert "🟢 Recip-e fonctionne de nouveau depuis 21 nov. 14:03" in text
    assert "Incident STS-0003-2\n" in f"{text}\n"
    assert "Demander la preuve papier" not in text


def test_in_a_shared_message_only_what_changed_is_news() -> None:
    """And a change still says since when there is trouble."""
    lines = two(ChangeKind.UPDATE, news=False).splitlines()
    assert lines[0].endswith(": en panne, du nouveau à la source")
    assert lines[1] == "Problème depuis 21 nov. 13:13"
    assert "🔴 Recip-e : en panne depuis 21 nov. 13:02" in lines


def test_in_a_shared_message_each_has_its_own_voucher() -> None:
    """What the team announced is not laid at the source's door, nor the other way round."""
    lines = two(ChangeKind.ONSET, source="team", announced=True).splitlines()
    assert lines.count("Annoncé par l'équipe de Bis") == 1
    assert lines.count("Source : eHealth") == 1


@pytest.mark.parametrize("kind", [ChangeKind.ONSET, ChangeKind.WORSENED, ChangeKind.UPDATE])
def test_an_announced_end_is_told(kind: ChangeKind) -> None:
    """A changed end sounds: the message says which."""
    words = incident(ends_at=NOW + timedelta(hours=2))
    assert "Fin annoncée : 21 nov. 16:03" in told(ping(kind, incident=words))


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


def test_steady_is_an_end_where_it_is_steadily_well() -> None:
    """With the duration and what to put right; steadily disturbed it goes on."""
    well = Affected("recip-e", State.OPERATIONAL, minutes_ago(61), "ehealth")
    steady = ping(ChangeKind.STEADY, affected=(well,), ended_at=NOW)
    assert "A duré 1 h 01 min" in told(steady)
    assert "Une fois rétabli\nEncoder la délivrance" in told(steady)
    assert Verb.MUTE not in verbs(render(steady, knowledge(), WORDS))
    slow = replace(steady, affected=(replace(well, state=State.DEGRADED),), ended_at=None)
    assert "A duré" not in told(slow)
    assert Verb.MUTE in verbs(render(slow, knowledge(), WORDS))


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
    text = told(ping(ChangeKind.PLANNED, affected=(planned("recip-e", days=1),)))
    assert "du 22 nov. 14:03 à 16:03\neffet annoncé : en panne" in text
    assert "Que faire" not in text


def test_work_without_effect_is_said_to_be_so() -> None:
    """As its source announces it."""
    work = planned("recip-e", days=1)
    assert work.words is not None
    harmless = replace(work, words=replace(work.words, impact=State.OPERATIONAL))
    text = told(ping(ChangeKind.PLANNED, affected=(harmless,)))
    assert "effet annoncé : aucun" in text


@pytest.mark.parametrize(
    ("language", "replanned", "called_off"),
    [
        ("fr", "travaux prévus, annonce modifiée", "travaux prévus qui ne sont plus annoncés"),
        ("nl", "aankondiging gewijzigd", "geplande werken zijn niet meer aangekondigd"),
        ("de", "Ankündigung geändert", "geplante Arbeiten sind nicht mehr angekündigt"),
        ("en", "announcement changed", "planned work is no longer announced"),
    ],
)
def test_work_that_changed_or_was_called_off_tells_its_hours(
    language: str, replanned: str, called_off: str
) -> None:
    """Those that hold now, or those that were announced: nobody says why it is called off."""
    work = replace(planned("recip-e", days=1), children=("sts",))
    moved = told(ping(ChangeKind.REPLANNED, affected=(work,), language=language))
    assert replanned in moved.splitlines()[0]
    assert "14:03" in moved.splitlines()[1]
    off = ping(ChangeKind.CALLED_OFF, affected=(replace(work, ended_at=NOW),), language=language)
    assert called_off in told(off).splitlines()[0]
    assert "14:03" in told(off).splitlines()[1]
    assert "STS" not in told(off)
    assert verbs(render(off, knowledge(), WORDS)) == [Verb.STATUS_NEW]


def test_a_digest_tells_each_window_and_each_word() -> None:
    """Work on two services, each with its own hours; one work on both is quoted once."""
    works = (planned("recip-e", days=1), planned("sts", days=2))
    text = told(ping(ChangeKind.PLANNED, affected=works))
    assert text.index("du 22 nov. 14:03") < text.index("du 23 nov. 14:03")
    assert text.count("On cherche") == 2
    same = (works[0], replace(works[0], service="sts"))
    assert told(ping(ChangeKind.PLANNED, affected=same)).count("On cherche") == 1


def test_what_the_team_announced_is_said_to_be() -> None:
    """It is not passed off as a source's word."""
    by_hand = Affected("recip-e", State.MAJOR_OUTAGE, NOW, "team", announced=True)
    text = told(ping(affected=(by_hand,)))
    assert "Annoncé par l'équipe de Bis" in text
    assert "Source :" not in text


def test_the_same_ping_is_the_same_text() -> None:
    """A repeated edit is "not modified", which proves that it was applied."""
    with time_machine.travel(NOW, tick=False):
        first = render(ping(), knowledge(), WORDS)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert render(ping(), knowledge(), WORDS) == first


def test_hostile_words_of_a_source_are_harmless() -> None:
    """Quoted, capped and escaped."""
    evil = incident(title='<a href="x">&' * 200, updates=("</blockquote>\u202e" * 200,))
    assert_sendable(render(ping(incident=evil), knowledge(), WORDS))


def test_a_ping_about_nothing_is_our_mistake() -> None:
    """It is not sent as an empty message."""
    with pytest.raises(LookupError, match="REC-0124-1"):
        render(ping(affected=()), knowledge(), WORDS)
