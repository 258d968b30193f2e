"""A dentist runs /status: what is down, who says so, what is planned, and what nobody can know."""

from datetime import timedelta

import pytest
import pytest_asyncio

from tests.stories.process import BotProcess
from tests.stories.site import DOWN, FINE, StatusSite, Written
from tests.stories.talking import Chat
from tests.telegram_server import TelegramServer

pytestmark = pytest.mark.asyncio(loop_scope="module")

INCIDENT = Written(
    "i1", "<b>&Recip-e</b> & co <script>", "Nous cherchons. https://evil.example @all"
)
PLANNED = Written("m1", "Migration & tests", "Two hours", "scheduled", timedelta(days=1))


@pytest_asyncio.fixture(loop_scope="module")
async def dentist(bot: BotProcess, server: TelegramServer, site: StatusSite) -> Chat:
    """On a day on which STS is down and Recip-e has an incident."""
    site.written = [INCIDENT, PLANNED]
    site.flip("Recip-e", "partial_outage")
    site.flip("Session Management", DOWN)
    await site.until_read(2)
    chat = Chat(server, 300, "fr")
    await chat.ask("/profession dentiste")
    return chat


async def test_the_worst_stands_first(dentist: Chat) -> None:
    """Down, then what rests on it, then unknown; each with since, source and age."""
    told = (await dentist.ask("/status")).text
    assert told.startswith("État des services · Dentiste\nÀ ")
    names = ("🔴 Connexion eHealth", "🟠 Recip-e", "⚠️ MyCareNet", "⚪ Consultation des tarifs")
    places = [told.find(name) for name in names]
    assert -1 not in places, told
    assert places == sorted(places), told
    assert "en panne depuis " in told
    assert "Statut eHealth, lu à " in told
    assert "(il y a moins de 1 min)" in told


async def test_what_rests_on_an_outage_says_so(dentist: Chat) -> None:
    """Even where its own page is still green, and where nobody publishes its state."""
    lines = (await dentist.ask("/status")).text.splitlines()
    told = "⚠️ MyCareNet: sa propre source dit que tout va bien, mais Connexion eHealth"
    assert any(line.startswith(told) for line in lines)
    assert any(line.startswith("⚪ État inconnu, mais dépendent de") for line in lines)


async def test_an_incident_is_quoted_in_the_source_s_own_words(dentist: Chat) -> None:
    """Harmless: no tag of it is Telegram's, its link and its mention do nothing."""
    told = await dentist.ask("/status")
    assert "Incidents en cours" in told.text
    assert "Page de Recip-e écrit :" in told.text
    quoted = [one for one in told.entities if one["type"] == "blockquote"]
    assert len(quoted) == 2
    assert "&Recip-e & co" in told.text
    assert "<b>" not in told.text
    assert "evil.example" not in told.text
    assert not [one for one in told.entities if one["type"] in ("mention", "url")]


async def test_planned_work_stands_apart(dentist: Chat) -> None:
    """With its window in Brussels time."""
    told = (await dentist.ask("/status")).text
    planned = told[told.index("Prévu") :]
    assert "Migration & tests" in planned
    assert planned.splitlines()[2].startswith("du ")


async def test_what_cannot_be_read_is_unknown_with_a_reason_and_a_link(dentist: Chat) -> None:
    """Never fine; what nobody publishes is one paragraph, with the page where a person can look."""
    told = await dentist.ask("/status")
    assert "sa source a changé de forme · Vérifier vous-même" in told.text
    links = {one["url"] for one in told.entities if one["type"] == "text_link"}
    assert "https://status.example.be/tariffs" in links
    assert told.text.count("aucune source que Bis puisse lire") == 1
    assert len(told.text) < 2500


async def test_one_service_is_told_in_full(dentist: Chat) -> None:
    """By its name, with a slip in it; an unknown name offers the nearest."""
    told = await dentist.ask("/status récipe")
    assert "🟠 Recip-e" in told.text
    assert "Voir la marche à suivre" in told.labels
    assert "panne partielle depuis " in told.text
    near = await dentist.ask("/status assura")
    assert "Pensez-vous" in near.text
    assert near.labels


async def test_a_dead_status_page_is_never_green(
    dentist: Chat, bot: BotProcess, site: StatusSite, server: TelegramServer
) -> None:
    """All sources gone at once is told as our own blindness; the last reading stays."""
    site.flip("Session Management", FINE)
    await site.until_read(2)
    await site.kill()
    await server.wait_until(lambda: "ehealth is unreadable" in bot.log, what="the failed read")
    await server.wait_until(lambda: "recip-e-page is unreadable" in bot.log, what="the failed read")
    told = (await dentist.ask("/status recip-e")).text
    assert "🟠 Recip-e" in told
    assert "🟢" not in told
    await site.start()


async def test_a_slow_page_holds_up_no_reply(dentist: Chat, site: StatusSite) -> None:
    """While a source takes its time, a question is answered."""
    site.seconds = 5
    read = site.reads
    assert (await dentist.ask("/status mycarenet")).text.startswith("État des services")
    assert site.reads == read
    site.seconds = 0
