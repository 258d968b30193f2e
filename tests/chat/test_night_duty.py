"""Night duty: quiet hours are left for one night, and hold again by themselves."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import pytest_asyncio

from bot.alerts.parcels import Why
from bot.clock import next_time
from bot.preferences import QuietHours
from bot.status.model import ChangeKind, State
from bot.store.tables import deliveries
from tests.chat.checks import assert_sendable
from tests.chat.conversation import Conversation
from tests.chat.house import House, house

ANNA = 100
NIGHT = QuietHours(time(22), time(7))
LANGUAGES = {
    "fr": ("De garde cette nuit", "De garde : les pannes sont annoncées"),
    "nl": ("Vannacht van wacht", "Van wacht: storingen worden meteen gemeld"),
    "de": ("Heute Nacht im Dienst", "Im Nachtdienst: Störungen werden"),
    "en": ("On duty tonight", "On duty: outages are told at once"),
}


@pytest_asyncio.fixture(name="bis")
async def make_bis(tmp_path: Path) -> AsyncIterator[House]:
    """A bot with one follower who wants to sleep."""
    async with house(tmp_path) as made:
        await made.follow(ANNA, "recip-e", "sts", "insurability", quiet=NIGHT)
        yield made


async def test_who_is_on_duty_is_told_at_once_and_sleeps_the_next_night(bis: House) -> None:
    """What waited comes at once; the evening after, the quiet hours hold again."""
    bis.samples.now = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)  # 23:00 in Belgium
    await bis.happens(ChangeKind.ONSET, "recip-e", State.MAJOR_OUTAGE)
    told = await bis.ask(ANNA, "/quiet off-tonight")
    assert told.text.startswith("De garde : les pannes sont annoncées")
    assert "jusqu'à 22 nov. 07:00" in told.text
    await bis.server.wait_for(ANNA, "Recip-e : en panne")
    bis.passes(hours=1)
    await bis.happens(ChangeKind.ONSET, "sts", State.MAJOR_OUTAGE)
    await bis.server.wait_for(ANNA, "STS : en panne")
    bis.passes(hours=23)
    await bis.happens(ChangeKind.ONSET, "insurability", State.MAJOR_OUTAGE)
    await bis.until(lambda row: row["reason"] == Why.QUIET, deliveries)
    assert "de 22:00 à 07:00" in (await bis.ask(ANNA, "/settings")).text
    assert not any("Assurabilité : en panne" in one.text for one in bis.server.sent(ANNA))
    bis.passes(hours=8)
    await bis.server.wait_for(ANNA, "Assurabilité : en panne")


async def test_the_button_of_settings_does_the_same(bis: House) -> None:
    """It leads to the same words, and /settings then says until when."""
    await bis.ask(ANNA, "/settings")
    await bis.press(ANNA, "De garde cette nuit")
    told = await bis.server.wait_for(ANNA, "De garde : les pannes")
    assert "De garde cette nuit" not in told.labels
    assert (await bis.chats.load(ANNA)).night_off_until == datetime(2026, 11, 22, 6, tzinfo=UTC)
    shown = await bis.ask(ANNA, "/settings")
    assert "de 22:00 à 07:00, de garde jusqu'à 22 nov. 07:00" in shown.text


async def test_setting_quiet_hours_ends_night_duty(bis: House) -> None:
    """Who types hours means them for this night too."""
    await bis.ask(ANNA, "/quiet off-tonight")
    await bis.ask(ANNA, "/quiet 21:00-06:00")
    kept = await bis.chats.load(ANNA)
    assert kept.quiet == QuietHours(time(21), time(6))
    assert not kept.on_duty(bis.samples.now)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_night_duty_is_told_in_each_language(language: str) -> None:
    """By a button of its words; without quiet hours there is nothing to leave, which is said."""
    label, told = LANGUAGES[language]
    chat = Conversation(language, "pharmacist")
    await chat.type("/quiet off-tonight")
    assert_sendable(chat.last)
    assert label not in chat.labels
    assert chat.kept.night_off_until is None
    await chat.type("/quiet 22:00-07:00")
    assert told in await chat.press(label)
    assert_sendable(chat.last)


@pytest.mark.parametrize("typed", ["off-tonight", "OFF TONIGHT", "pas cette nuit", "niet vannacht"])
async def test_night_duty_as_people_write_it(typed: str) -> None:
    """In their own words, and never taken for switching quiet hours off."""
    chat = Conversation("fr")
    await chat.type("/quiet 22:00-07:00")
    await chat.type(f"/quiet {typed}")
    assert chat.kept.quiet == NIGHT
    assert chat.kept.night_off_until == datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        # Before the window of a winter's evening, within it, and at its very end.
        (datetime(2026, 11, 21, 13, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)),
        (datetime(2026, 11, 22, 1, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)),
        (datetime(2026, 11, 22, 6, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        # The nights in which clocks change: 07:00 stays 07:00 on the wall.
        (datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),
    ],
)
def test_the_next_seven_o_clock(now: datetime, end: datetime) -> None:
    """Of the wall in Belgium, always ahead."""
    assert next_time(time(7), now) == end
