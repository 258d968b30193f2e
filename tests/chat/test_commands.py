"""Every command and button, in four languages, as a person goes through them."""

from dataclasses import replace
from datetime import time

import pytest

from bot.chat.callbacks import Verb, pack
from bot.chat.commands import COMMANDS
from bot.chat.handlers.choices import parse_window
from bot.chat.menu import menu
from bot.chat.routes import ROUTES
from bot.preferences import ALL_SERVICES, QuietHours
from bot.words import Words
from tests.chat.checks import assert_sendable
from tests.chat.conversation import CHAT, Conversation

LANGUAGES = ("fr", "nl", "de", "en")
ARGUMENTS = {
    Verb.SHOW: ("dispense-on-paper-proof",),
    Verb.OPEN: ("dispense-on-paper-proof",),
    Verb.PAGE: ("dispense-on-paper-proof", "1"),
    Verb.OTHER_PROFESSION: ("dispense-on-paper-proof",),
    Verb.AS_PROFESSION: ("dispense-on-paper-proof", "nurse"),
    Verb.STATUS_PAGE: ("1",),
    Verb.PROCEDURE_STATUS: ("dispense-on-paper-proof",),
    Verb.FOLLOW_PROCEDURE: ("dispense-on-paper-proof",),
    Verb.TOPIC: ("recip-e",),
    Verb.TOPIC_NEW: ("recip-e",),
    Verb.MUTE: ("REC-0124-1",),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "argument", ["", " recip-e", " nl", " 22:00-07:00", " <b>& \u202e" + "x" * 64]
)
@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
async def test_each_command_answers(command: str, argument: str, language: str) -> None:
    """With a fitting argument, a strange one, a hostile one or none."""
    chat = Conversation(language, "pharmacist")
    await chat.type(f"/{command}{argument}")
    assert_sendable(chat.last)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profession", ["pharmacist", None])
@pytest.mark.parametrize("verb", Verb)
async def test_each_button_answers(verb: Verb, profession: str | None, language: str) -> None:
    """With the argument that it carries, with one that is gone, and with none."""
    for arguments in (ARGUMENTS.get(verb, ()), ("gone",), ("gone", "gone"), ()):
        chat = Conversation(language, profession)
        await chat.press_data(pack(verb, *arguments))
        assert_sendable(chat.last)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_lists_all_commands(language: str) -> None:
    """Within what Telegram takes: https://core.telegram.org/bots/api#botcommand."""
    listed = menu(Words(), language)
    assert [one.command for one in listed] == [command.name for command in COMMANDS]
    assert all(3 <= len(one.description) <= 256 for one in listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bot_s_page_fits(language: str) -> None:
    """512 characters of description, 120 of the short one."""
    assert len(Words().text(language, "bot-description")) <= 512
    assert len(Words().text(language, "bot-short-description")) <= 120


async def test_help_lists_every_command() -> None:
    """From the same table as the menu."""
    told = await Conversation().type("/help")
    assert all(f"/{command.name} – " in told for command in COMMANDS)


async def test_what_a_button_changes_a_command_changes_too() -> None:
    """The same verbs that alter choices have a command that does, guarded alike in groups."""
    by_action = {command.action: command.changes for command in COMMANDS}
    shared = {verb: route for verb, route in ROUTES.items() if route.action in by_action}
    assert {verb: route.changes for verb, route in shared.items()} == {
        verb: by_action[route.action] for verb, route in shared.items()
    }
    assert Verb.SUBSCRIBE in shared


async def test_beginning() -> None:
    """A stranger presses a language, then a profession, and is told how to ask."""
    chat = Conversation(None)
    await chat.type("/start")
    assert chat.labels == ["Français", "Nederlands", "Deutsch", "English"]
    assert "welk beroep" in (await chat.press("Nederlands")).casefold()
    assert "Recip-e ligt plat" in await chat.press("Apotheker")
    assert (chat.kept.language, chat.kept.profession) == ("nl", "pharmacist")


async def test_who_has_none_of_the_professions_goes_on() -> None:
    """The way out of the question is a button too."""
    chat = Conversation("en")
    await chat.type("/language en")
    assert "No profession set" in await chat.press("None of these")


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ("p_dispense-on-paper-proof", "Délivrer sur preuve papier"),
        ("s_recip-e", "Recip-e: panne partielle"),
        ("p_no-such-thing", "Ce lien ne mène à rien"),
        ("s_status", "Ce lien ne mène à rien"),
        ("x_recip-e", "Ce lien ne mène à rien"),
        ("p_", "Ce lien ne mène à rien"),
        ("<b>&", "Ce lien ne mène à rien"),
    ],
)
async def test_deep_links(payload: str, told: str) -> None:
    """They lead straight to what they name; a broken one says so and begins."""
    assert told in await Conversation().type(f"/start {payload}")


async def test_subscribing_by_words_and_by_buttons_is_the_same() -> None:
    """Two services typed, a third pressed, one pressed off again."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe recip-e, sts")
    await chat.press("▫ Assurabilité")
    await chat.press("🔔 STS")
    assert chat.kept.services == {"recip-e", "insurability"}


async def test_all_but_one() -> None:
    """Of all services of the profession one can be left; the others stay."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe all")
    assert chat.kept.services == {ALL_SERVICES}
    await chat.press("🔔 STS")
    assert chat.kept.services == {"recip-e", "insurability"}


async def test_of_all_but_one_only_what_can_be_told_of_stays() -> None:
    """A dentist's "all" holds PARIS too, which no machine watches: it is not listed by name."""
    chat = Conversation("fr", "dentist")
    await chat.type("/subscribe all")
    await chat.press("🔔 STS")
    assert chat.kept.services == {"insurability"}


async def test_what_is_followed_beyond_the_profession_has_its_bell() -> None:
    """With "all" or without: it can be switched off where it is seen."""
    for command in ("/subscribe paris", "/subscribe all"):
        chat = Conversation("fr", "pharmacist")
        await chat.type(command)
        await chat.type("/subscribe paris")
        assert "🔔 PARIS" in chat.labels
        await chat.press("🔔 PARIS")
        assert "paris" not in chat.kept.services


async def test_all_rings_no_bell_of_another_profession() -> None:
    """What "all of my profession" does not hold is not shown as followed."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe all")
    await chat.type("/subscribe par")
    assert chat.labels == ["▫ PARIS"]
    await chat.type("/unsubscribe par")
    assert all("PARIS" not in label for label in chat.labels)
    await chat.type("/status paris")
    assert "Suivre les pannes" in chat.labels


async def test_following_beyond_the_profession() -> None:
    """A pharmacist may follow a dentist's tool beside "all"; what is covered is not repeated."""
    chat = Conversation("fr", "pharmacist")
    for command in ("/subscribe all", "/subscribe paris", "/subscribe sts", "/subscribe tout"):
        await chat.type(command)
    assert chat.kept.services == {ALL_SERVICES, "paris"}


async def test_a_service_that_nobody_watches_is_told() -> None:
    """Who follows it must know that Bis cannot see its outages."""
    told = await Conversation("fr", "dentist").type("/subscribe paris")
    assert "Pas de source lisible par une machine pour PARIS" in told


@pytest.mark.parametrize("names", ["recip-e, xylophone", "recip-e xylophone"])
async def test_one_name_of_two_is_not_understood(names: str) -> None:
    """What was understood is done, and the rest is not passed over in silence."""
    chat = Conversation("fr", "pharmacist")
    assert "Pas compris : xylophone." in await chat.type(f"/subscribe {names}")
    assert chat.kept.services == {"recip-e"}
    assert "Pas compris : xylophone." in await chat.type(f"/unsubscribe {names}")
    assert chat.kept.services == set()


async def test_an_unknown_service_offers_the_nearest() -> None:
    """A press on it then does what was typed."""
    chat = Conversation("fr", "pharmacist")
    assert "Pensez-vous à l'un de ceux-ci" in await chat.type("/subscribe assura")
    await chat.press("▫ Assurabilité")
    assert chat.kept.services == {"insurability"}


async def test_unsubscribing() -> None:
    """One, then all."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe recip-e sts")
    await chat.type("/unsubscribe recip-e")
    assert chat.kept.services == {"sts"}
    assert "plus aucun avis" in await chat.type("/unsubscribe all")
    assert chat.kept.services == set()


async def test_an_unknown_profession_offers_the_nearest() -> None:
    """Nothing is set by a guess."""
    chat = Conversation("fr")
    assert "Pensez-vous à l'une de celles-ci" in await chat.type("/profession dentellière")
    assert chat.kept.profession is None
    await chat.press("Dentiste")
    assert chat.kept.profession == "dentist"


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("22:00-07:00", QuietHours(time(22), time(7))),
        ("22-7", QuietHours(time(22), time(7))),
        ("22h30 à 7h", QuietHours(time(22, 30), time(7))),
        ("22u–6u30", QuietHours(time(22), time(6, 30))),
        ("9:00 - 17:00", QuietHours(time(9), time(17))),
        ("22:00", None),
        ("25:00-07:00", None),
        ("22:60-07:00", None),
        ("07:00-07:00", None),
        ("la nuit", None),
        ("", None),
    ],
)
def test_quiet_hours_as_people_write_them(text: str, window: QuietHours | None) -> None:
    """Two different hours of a day; anything else is no window."""
    assert parse_window(text) == window


async def test_a_profession_beside_a_strange_word_is_not_guessed() -> None:
    """An assistant of a dentist is none."""
    chat = Conversation("fr")
    await chat.type("/profession dentiste xylophone")
    assert chat.kept.profession is None
    assert chat.labels[0] == "Dentiste"


async def test_quiet_hours() -> None:
    """Typed, pressed, not understood, and off."""
    chat = Conversation("fr")
    await chat.type("/quiet 22:00-07:00")
    assert chat.kept.quiet == QuietHours(time(22), time(7))
    assert "Pas compris" in await chat.type("/quiet toujours")
    assert chat.kept.quiet == QuietHours(time(22), time(7))
    await chat.press("20:00-08:00")
    assert chat.kept.quiet == QuietHours(time(20), time(8))
    await chat.type("/quiet off")
    assert chat.kept.quiet is None


async def test_settings_show_all_choices() -> None:
    """In words, each with its button."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe recip-e")
    await chat.type("/quiet 22:00-07:00")
    told = await chat.type("/settings")
    for choice in ("Français", "Pharmacien", "Recip-e", "de 22:00 à 07:00"):
        assert choice in told
    assert len(chat.labels) == 5


async def test_stopping_forgets_and_says_what() -> None:
    """And a second time there is nothing left to forget."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/subscribe recip-e sts")
    assert "Effacé : les réglages, 2 abonnements." in await chat.type("/stop")
    assert CHAT not in chat.asked.store.kept
    chat.hint = "fr"
    assert "Rien n'était conservé" in await chat.type("/stop")


async def test_muting_an_incident() -> None:
    """By the code that its messages carry; one that is unknown is said to be."""
    chat = Conversation("fr")
    assert "Plus de messages sur REC-0124-1" in await chat.press_data(pack(Verb.MUTE, "REC-0124-1"))
    assert chat.asked.store.muted == {(CHAT, "REC-0124-1")}
    assert "n'est plus connu" in await chat.press_data(pack(Verb.MUTE, "XXX-1"))


async def test_topics_lead_to_procedures_and_back() -> None:
    """The profession's topics, the procedures of one, and the way back."""
    chat = Conversation("fr", "pharmacist")
    await chat.type("/procedures")
    assert chat.labels == ["Recip-e", "État des services"]
    await chat.press("Recip-e")
    assert "Délivrer sur preuve papier" in await chat.press("1. Délivrer")
    assert "Choisissez une procédure" in await chat.press("⬅ Retour")
    assert "Choisissez un thème" in await chat.press("⬅ Retour")


async def test_the_procedures_of_a_service_can_be_typed() -> None:
    """One is shown, several are buttons, and of what is unknown the near ones or all topics."""
    chat = Conversation("fr", "pharmacist")
    assert "Délivrer sur preuve papier" in await chat.type("/procedures recip-e")
    assert "Pas compris : xylophone." in await chat.type("/procedures recipe xylophone")
    await chat.type("/procedures recip-e, sts")
    assert chat.labels == ["Recip-e", "STS"]
    assert "Pensez-vous à l'un de ceux-ci" in await chat.type("/procedures assura")
    assert chat.labels == ["Assurabilité"]
    assert "Bis ne connaît pas de service" in await chat.type("/procedures xylophone")
    assert chat.labels == ["Recip-e", "État des services"]


async def test_what_to_do_in_an_outage_stands_first() -> None:
    """Before what is written later in the base for the same service."""
    chat = Conversation("fr", "pharmacist")
    known = chat.asked.known.procedures
    first, second = known["dispense-on-paper-proof"], known["regularise"]
    turned = {one.id: one for one in (second, first)}
    chat.asked.known = replace(chat.asked.known, procedures=turned)
    await chat.type("/procedures recip-e")
    assert [label[:9] for label in chat.labels[:2]] == ["1. Délivr", "2. Régula"]


async def test_open_channels_are_told() -> None:
    """Of the chat's language: there one follows a service without subscribing."""
    chat = Conversation("fr", "pharmacist")
    channels = ("recip-e:fr:@bis_recipe_fr", "recip-e:nl:@bis_recipe_nl", "broken")
    settings = chat.asked.parts.settings.model_copy(update={"channels": channels})
    object.__setattr__(chat.asked.parts, "settings", settings)
    told = await chat.type("/subscribe")
    assert "sans abonnement : Recip-e @bis_recipe_fr" in told
    assert "@bis_recipe_nl" not in told
