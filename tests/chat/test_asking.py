"""A question and its answer, with all that hangs under it."""

from datetime import timedelta

import pytest

from bot.answering import Answer, AnswerKind, Candidate
from bot.chat.callbacks import Verb, pack
from bot.chat.handlers import asking
from bot.knowledge import Lexicon
from bot.status.model import Board, State
from tests.chat import conversation
from tests.chat.checks import assert_sendable
from tests.chat.conversation import Conversation
from tests.chat.samples import NOW, knowledge, status

LANGUAGES = ("fr", "nl", "de", "en")


async def test_an_answer_is_whole() -> None:
    """Title, state with sign, since, source and age, then each part in order, sources last."""
    chat = Conversation("fr", "pharmacist")
    told = await chat.ask("recip-e plante")
    expected = (
        "Délivrer sur preuve papier (fr)",
        "🟠 Recip-e: panne partielle depuis 13:02",
        "eHealth, lu à 14:02 (il y a 1 min)",
        "↳ dépend de STS : en panne",
        (
            "🚧 eHealth a fait passer Recip-e par la route de secours b.example.be depuis 13:58 ; "
            "votre logiciel suit de lui-même s'il connaît ce détour"
        ),
        "Situation\nLe lecteur ne répond pas",
        "Se fait tout seul\nRien",
        "Que faire\n1. Demander la preuve papier (fr)\n2. Délivrer & noter l'heure < midi (fr)",
        "À garder comme preuve\nLa preuve papier",
        "Conditions\nDix jours",
        "Une fois rétabli\nEncoder la délivrance",
        "Aide\nRecip-e: 02 000 00 00, desk@example.be, 8-18 h",
        "Sources\nContinuité (eHealth, mars 2025)",
        "Ancienne page (eHealth, sans date, vu le 1 nov. 2026)",
    )
    places = [told.find(part) for part in expected]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["recip-e", "lecteur", "après", "rien", "👍", "x" * 4096])
async def test_each_kind_of_answer_in_each_language(question: str, language: str) -> None:
    """An answer, a choice, nothing near, no words, too many: all can be sent."""
    chat = Conversation(language, "pharmacist")
    await chat.ask(question)
    assert_sendable(chat.last)


async def test_a_danger_is_heard_in_a_text_that_is_too_long() -> None:
    """Somebody dictated all of it: 112 stands before what is asked to be told shorter."""
    chat = Conversation("fr", "nurse")
    chat.asked.known = knowledge(lexicon=Lexicon(danger=("respire plus",)))
    told = await chat.ask("mon patient ne respire plus, " + "que faire " * 200)
    assert told.startswith("🚨 Une vie en danger ? Appelez d'abord le 112.")


async def test_a_doubtful_entry_says_so() -> None:
    """A caution stands right under the title."""
    told = await Conversation("fr", "nurse").ask("lecteur en panne")
    assert told.startswith("Encoder à la main (fr)\n\n⚠ À vérifier")


async def test_the_last_procedure_is_kept_by_its_id_alone() -> None:
    """For a question that follows; a question without an answer leaves it."""
    chat = Conversation("fr", "pharmacist")
    await chat.ask("recip-e plante")
    assert (chat.kept.last_procedure, chat.kept.last_asked_at) == ("dispense-on-paper-proof", NOW)
    chat.asked.now += timedelta(minutes=1)
    await chat.ask("rien de tel")
    assert chat.kept.last_asked_at == NOW


async def test_a_national_number_is_hidden_warned_of_and_not_matched() -> None:
    """The rest of the question is still answered."""
    chat = Conversation("fr", "pharmacist")
    told = await chat.ask("recip-e plante pour 85.07.30-033.28")
    assert told.startswith("⚠ Cela ressemble à un numéro national.")
    assert "Délivrer sur preuve papier" in told
    assert chat.asked.questions[0].text == "recip-e plante pour …"


async def test_a_lone_number_is_only_warned_of() -> None:
    """Nothing is left to match, and nothing is asked of the matcher."""
    chat = Conversation("fr")
    told = await chat.ask("85073003328")
    assert "numéro national" in told
    assert "quelques mots" in told
    assert chat.asked.questions == []


@pytest.mark.parametrize(
    ("chosen", "hint", "told"),
    [
        ("de", "fr", "Was zu tun ist"),
        (None, "fr", "Que faire"),
        # Neither chosen nor told by Telegram: the question's own language.
        (None, None, "Wat te doen"),
    ],
)
async def test_the_language_of_an_answer(chosen: str | None, hint: str | None, told: str) -> None:
    """The chosen one, else Telegram's, else the question's."""
    chat = Conversation(chosen)
    chat.hint = hint
    assert told in await chat.ask("recip-e")


@pytest.mark.parametrize(
    ("chosen", "hint", "asked", "kept"),
    [
        (None, None, "recip-e", "nl"),
        (None, "fr", "après", "fr"),
        ("de", "fr", "recip-e", "de"),
        (None, None, "quel temps fait-il demain", None),
    ],
)
async def test_what_hangs_under_an_answer_is_told_in_its_language(
    chosen: str | None, hint: str | None, asked: str, kept: str | None
) -> None:
    """Who has chosen none goes on in that of the first answer; small talk tells none."""
    chat = Conversation(chosen)
    chat.hint = hint
    await chat.ask(asked)
    assert chat.kept.language == kept


async def test_a_question_sets_no_language_of_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its administrators choose that, and its pings are told in it."""
    monkeypatch.setattr(conversation, "CHAT", -1005)
    chat = Conversation(None)
    await chat.ask("recip-e")
    assert chat.kept.last_procedure == "dispense-on-paper-proof"
    assert chat.kept.language is None


async def test_near_candidates_are_asked() -> None:
    """Full titles in the text, short ones on the buttons, in order; a press opens one."""
    chat = Conversation("fr", "pharmacist")
    told = await chat.ask("après la panne")
    assert "1. Régulariser après la panne (fr)\n2. Délivrer sur preuve papier (fr)" in told
    assert "Demander la preuve papier" in await chat.press("2.")


async def test_nothing_near_offers_topics_and_a_helpdesk() -> None:
    """It says that it does not know, and does not guess."""
    chat = Conversation("fr", "pharmacist")
    told = await chat.ask("quel temps fait-il demain")
    assert told.startswith("Bis n'a pas de procédure pour cela")
    assert "02 000 00 00" in told
    assert "Recip-e" in chat.labels


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("bonjour", "Bis est là."),
        ("malaise", "🚨 Une vie en danger ? Appelez d'abord le 112."),
        ("pareil", "De quelle procédure parlez-vous ?"),
    ],
)
async def test_half_a_question_is_asked_for_the_rest(typed: str, told: str) -> None:
    """Nothing is said to be missing and nobody to be called; the state is a button away."""
    chat = Conversation("fr", "pharmacist")
    assert (await chat.ask(typed)).startswith(told)
    assert chat.labels[0] == "Voir l'état"
    assert "Recip-e" in chat.labels


async def test_who_names_no_tool_is_told_what_is_down_and_asked_which_one() -> None:
    """What stands on the board may be all that they want to know."""
    told = await Conversation("fr", "pharmacist").ask("plante")
    assert told.startswith("🔴 STS: en panne")
    assert told.index("🟠 Recip-e: panne partielle") < told.index("Quel outil ne marche pas")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_names_no_tool_while_nothing_is_down_is_told_so(language: str) -> None:
    """With how many services that rests on, and how many nobody could read."""
    chat = Conversation(language, "pharmacist")
    chat.asked.board = Board(NOW, {"sts": status("sts", State.OPERATIONAL)})
    told = await chat.ask("plante")
    assert_sendable(chat.last)
    assert told.startswith("ℹ️ ")
    assert " 1 " in told.splitlines()[0]
    assert " 2 " in told.splitlines()[0]


async def test_a_service_that_no_entry_is_about_is_said_so_with_its_state() -> None:
    """Then what other professions do, named as theirs, what there is for all, and who can help."""
    chat = Conversation("fr", "nurse")
    told = await chat.ask("ailleurs")
    assert told.startswith("Nos sources ne disent rien sur Recip-e pour : Infirmier à domicile.")
    expected = (
        "🟠 Recip-e: panne partielle",
        "d'autres professions\n1. Délivrer sur preuve papier (fr) (Pharmacien)",
        "toutes les professions\n2. Où voir l'état (fr)",
        "Recip-e: 02 000 00 00",
    )
    places = [told.find(part) for part in expected]
    assert -1 not in places
    assert places == sorted(places)
    assert chat.labels[-2:] == ["Suivre les pannes", "Voir les thèmes"]
    assert "Demander la preuve papier" in await chat.press("1.")


async def test_without_a_fitting_helpdesk_who_runs_the_service_is_told() -> None:
    """A general desk cannot help with it, and what no machine watches cannot be followed."""
    chat = Conversation("fr")
    told = await chat.ask("paris")
    assert told.startswith("Nos sources ne disent rien sur PARIS.")
    assert "⚪ PARIS: état inconnu" in told
    assert "Géré par : INAMI" in told
    assert "02 000 00 00" not in told
    assert chat.labels == ["Voir les thèmes"]


async def test_what_was_not_understood_still_shows_the_service_that_it_names() -> None:
    """Its state, and its topic before the others."""
    chat = Conversation("fr", "nurse")
    told = await chat.ask("assurabilité")
    assert told.startswith("Bis n'a pas de procédure pour cela")
    assert "⚪ Assurabilité: état inconnu" in told
    assert chat.labels[0] == "Assurabilité"


async def test_a_choice_tells_first_what_is_known_of_the_service() -> None:
    """Of one that is unknown there is nothing to tell."""
    told = await Conversation("fr", "pharmacist").ask("sts")
    assert told.startswith("🔴 STS: en panne")
    assert "PARIS" not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["recip-e?", "sts?"])
async def test_who_asks_whether_what_works_is_down_hears_its_state_first(
    question: str, language: str
) -> None:
    """With its age, that it may be only them, and where to look; the steps are a tap away."""
    chat = Conversation(language, "pharmacist")
    chat.asked.board = Board(NOW, {one: status(one) for one in ("sts", "recip-e")})
    told = await chat.ask(question)
    assert_sendable(chat.last)
    assert told.startswith("🟢 ")
    assert "14:02" in told.split("ℹ️")[0]
    assert "Demander la preuve papier" not in told
    assert f"Où voir l'état ({language})" in chat.labels[-1]
    paper = next(label for label in chat.labels if "Délivrer sur preuve papier" in label)
    assert "Demander la preuve papier" in await chat.press(paper)


async def test_what_was_asked_whether_it_is_down_can_be_leant_on() -> None:
    """A question for another profession goes on from the procedure behind the button."""
    chat = Conversation("fr", "pharmacist")
    chat.asked.board = Board(NOW, {one: status(one) for one in ("sts", "recip-e")})
    await chat.ask("recip-e?")
    assert chat.kept.last_procedure == "dispense-on-paper-proof"


async def test_what_does_not_work_is_answered_with_the_steps_however_it_is_asked() -> None:
    """Recip-e is down on this board."""
    told = await Conversation("fr", "pharmacist").ask("recip-e?")
    assert told.startswith("Délivrer sur preuve papier")
    assert "Demander la preuve papier" in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_whether_it_is_down_is_told_to_be_unknown_where_nobody_knows(language: str) -> None:
    """Before the procedures that may be meant: who asks that is not left without a word of it."""
    told = await Conversation(language, "pharmacist").ask("assurabilité?")
    assert told.startswith("⚪ Assurabilité:")
    assert "1. Régulariser après la panne" in told


async def test_whether_it_is_down_asks_the_profession_where_the_steps_differ_by_it() -> None:
    """The professions' buttons, then where to look."""
    chat = Conversation("fr")
    works = (status("recip-e"),)
    look = chat.asked.known.procedure("where-to-check")
    near = (Candidate("dispense-on-paper-proof", 0.5), Candidate("nurse-manual-entry-reason", 0.5))
    given = Answer(AnswerKind.CHOICE, "fr", None, None, near, works, ask_profession=True, look=look)
    chat.last = await asking.told(await chat.request(""), given)
    assert chat.labels == ["Pharmacien", "Infirmier à domicile", "Où voir l'état (fr)"]
    assert "Cela dépend de la profession." in chat.text


async def test_the_buttons_of_an_answer_go_and_come_back() -> None:
    """Status and back, follow and back, other profession and back."""
    chat = Conversation("fr", "pharmacist")
    await chat.ask("recip-e plante")
    await chat.press("Voir l'état")
    assert "État des services" in chat.text
    await chat.press("⬅ Retour")
    await chat.press("Suivre les pannes")
    assert chat.kept.services == {"recip-e"}
    await chat.press("⬅ Retour")
    await chat.press("Voir une autre profession")
    await chat.press("⬅ Retour")
    assert "Demander la preuve papier" in chat.text


async def test_another_profession_has_its_own_or_none() -> None:
    """A procedure is never shown to a profession that it is not meant for."""
    chat = Conversation("fr", "pharmacist")
    await chat.ask("recip-e plante")
    await chat.press("Voir une autre profession")
    assert "Bis n'a pas de procédure à ce sujet pour : Dentiste" in await chat.press("Dentiste")
    await chat.press("⬅ Retour")
    await chat.press("Voir une autre profession")
    assert "Demander la preuve papier" in await chat.press("Pharmacien")


async def test_a_procedure_that_is_gone_is_told_kindly() -> None:
    """A button outlives its procedure."""
    chat = Conversation("fr")
    assert "version antérieure" in await chat.press_data(pack(Verb.SHOW, "withdrawn"))
