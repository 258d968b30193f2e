"""The picture of /status SERVICE: what each bar says, and how it is sent."""

import io
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from bot.alerts.rulings import Ruling
from bot.chat.application import build_application
from bot.chat.lettering import letters
from bot.chat.past import HOURS, Week, read_week, worst_by_hour
from bot.chat.picture import GROUND, INK, boxes, legend_boxes, picture
from bot.chat.sheet import LOOKS, Sheet
from bot.chat.views import week as view
from bot.chat.voice import Voice
from bot.knowledge import LANGUAGES
from bot.knowledge.loader import load_knowledge
from bot.settings import CHECKOUT_KNOWLEDGE
from bot.status.model import Confirmed, State
from bot.store.database import open_database
from bot.store.history import SqlHistory
from bot.store.outbox import SqlOutbox
from bot.words import Words
from tests.chat.samples import NOW, Asked, board, incident, knowledge, service
from tests.chat.test_over_http import ANNA, Running, serve
from tests.telegram_server import TOKEN, TelegramServer

BACK = datetime(2026, 10, 28, 13, 20, tzinfo=UTC)
"""Three days after the clocks went back."""
FORTH = datetime(2026, 3, 31, 13, 20, tzinfo=UTC)
"""Two days after they went forward."""
GREEN = LOOKS[State.OPERATIONAL].colour


@dataclass(frozen=True)
class Changed:
    """A change, so many minutes before `NOW`."""

    current: State
    minutes: int

    @property
    def at(self) -> datetime:
        return NOW - timedelta(minutes=self.minutes)


def week(*states: State, now: datetime = NOW) -> Week:
    """All in the last of the states; the ones before it stand in the first hours."""
    hours = worst_by_hour(states[-1], (), now)
    begun = tuple(replace(hours[n], state=state) for n, state in enumerate(states[:-1]))
    return Week("recip-e", begun + hours[len(begun) :], 1.0, 1.0, 0)


def drawn(one: Week, language: str = "fr") -> tuple[Sheet, Image.Image]:
    sheet = view.sheet(Voice(Words(), language, knowledge(), NOW), one)
    return sheet, Image.open(io.BytesIO(picture(sheet))).convert("RGB")


def colours(image: Image.Image, box: tuple[int, int, int, int]) -> set[object]:
    return {colour for _, colour in image.crop(box).getcolors(100_000) or ()}


@pytest.mark.parametrize("state", State)
def test_each_bar_has_the_colour_of_its_state(state: State) -> None:
    """Its own, and on the ground no other: above all, nothing but fine is ever green."""
    sheet, image = drawn(week(state))
    for box in boxes(sheet):
        assert colours(image, box) <= {LOOKS[state].colour, GROUND}
        assert LOOKS[state].colour in colours(image, box)


def test_unknown_time_has_no_green_anywhere() -> None:
    """But in the legend, where green is explained."""
    sheet, image = drawn(week(State.UNKNOWN))
    top_of_legend = min(top for _, top, _, _ in legend_boxes(sheet))
    assert GREEN not in colours(image, (0, 0, image.width, top_of_legend))
    assert GREEN in colours(image, (0, top_of_legend, image.width, image.height))


def test_states_are_told_apart_without_colour() -> None:
    """Each differs from every other by its height or by how much of it is filled."""
    sheet, image = drawn(week(*State, State.OPERATIONAL))
    shapes = set()
    for _, box in zip(State, boxes(sheet), strict=False):
        bar = image.crop(box)
        filled = [pixel != GROUND for pixel in bar.get_flattened_data()]
        rows = [any(filled[y * bar.width : (y + 1) * bar.width]) for y in range(bar.height)]
        shapes.add(
            (round(sum(rows) / bar.height, 1), round(sum(filled) / sum(rows) / bar.width, 1))
        )
    assert len(shapes) == len(State)


@pytest.mark.parametrize("state", State)
def test_colours_stand_out_from_the_ground(state: State) -> None:
    """3:1 for shapes and 4.5:1 for letters: https://www.w3.org/TR/WCAG22/#non-text-contrast."""
    assert contrast(LOOKS[state].colour, GROUND) >= 3
    assert contrast(INK, GROUND) >= 4.5


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (State.OPERATIONAL, State.MAJOR_OUTAGE, State.MAJOR_OUTAGE),
        (State.MAJOR_OUTAGE, State.OPERATIONAL, State.MAJOR_OUTAGE),
        (State.PARTIAL_OUTAGE, State.DEGRADED, State.PARTIAL_OUTAGE),
        (State.OPERATIONAL, State.UNKNOWN, State.UNKNOWN),
        (State.UNKNOWN, State.OPERATIONAL, State.UNKNOWN),
        (State.MAINTENANCE, State.UNKNOWN, State.UNKNOWN),
        (State.UNKNOWN, State.DEGRADED, State.DEGRADED),
        (State.OPERATIONAL, State.MAINTENANCE, State.MAINTENANCE),
    ],
)
def test_an_hour_with_two_states_shows_the_worse(before: State, after: State, shown: State) -> None:
    """And unknown before fine; the hours beside it keep their own."""
    hours = worst_by_hour(before, (Changed(after, 63 + 30),), NOW)
    assert [hour.state for hour in hours[-4:]] == [before, shown, after, after]


def test_a_change_on_the_hour_leaves_the_hour_before_alone() -> None:
    """What lasted no moment of an hour is not shown in it."""
    hours = worst_by_hour(State.OPERATIONAL, (Changed(State.MAJOR_OUTAGE, 63),), NOW)
    assert [hour.state for hour in hours[-3:]] == [
        State.OPERATIONAL,
        State.MAJOR_OUTAGE,
        State.MAJOR_OUTAGE,
    ]


@pytest.mark.parametrize("now", [NOW, BACK, FORTH])
def test_each_hour_has_a_bar_of_its_own(now: datetime) -> None:
    """168 of them, also in the week in which the clocks change; none lies on another."""
    sheet, image = drawn(week(State.OPERATIONAL, now=now))
    places = list(boxes(sheet))
    assert len(places) == HOURS == 168
    for n, (left, top, right, bottom) in enumerate(places):
        assert right <= image.width
        others = places[n + 1 :]
        assert not any(
            o[0] < right and left < o[2] and o[1] < bottom and top < o[3] for o in others
        )


def test_the_hour_that_comes_twice_shows_both_times() -> None:
    """Two o'clock in summer time and in winter time share a place, the first on the left."""
    hours = week(State.OPERATIONAL, now=BACK).hours
    twice = datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
    marked = tuple(
        replace(hour, state=State.MAJOR_OUTAGE) if hour.start == twice[1] else hour
        for hour in hours
    )
    sheet, image = drawn(replace(week(State.OPERATIONAL, now=BACK), hours=marked))
    places = {hour.start: box for hour, box in zip(marked, boxes(sheet), strict=True)}
    first, second = places[twice[0]], places[twice[1]]
    assert first[1] == second[1]
    assert first[2] <= second[0]
    assert GREEN in colours(image, first)
    assert LOOKS[State.MAJOR_OUTAGE].colour in colours(image, second)


def test_the_hour_that_never_was_is_left_empty() -> None:
    """Nothing is drawn at two in the night in which the clocks go forward."""
    sheet, image = drawn(week(State.OPERATIONAL, now=FORTH))
    by_start = {h.start: b for h, b in zip(sheet.hours, boxes(sheet), strict=True)}
    one = by_start[datetime(2026, 3, 29, 0, tzinfo=UTC)]
    three = by_start[datetime(2026, 3, 29, 1, tzinfo=UTC)]
    assert three[0] - one[0] == 2 * (one[0] - by_start[datetime(2026, 3, 28, 23, tzinfo=UTC)][0])
    assert colours(image, (one[2], one[1], three[0], one[3])) == {GROUND}


@pytest.mark.parametrize(
    ("share", "known", "count", "told"),
    [
        (1.0, 1.0, 0, ("100 %", "Aucune panne annoncée")),
        (0.99999, 1.0, 1, ("99,9 %", "1 panne annoncée")),
        (0.5, 0.99999, 2, ("50 %", "inconnu pendant 0,1 %", "2 pannes annoncées")),
    ],
)
def test_the_caption_is_never_better_than_the_week(
    share: float, known: float, count: int, told: tuple[str, ...]
) -> None:
    """Without outage is rounded down, unknown up, and unknown time is said apart."""
    told_of = Week("recip-e", (), share, known, count)
    caption = view.words(Voice(Words(), "fr", knowledge(), NOW), told_of)
    assert all(part in caption for part in told)
    assert ("inconnu" in caption) is (known < 1)


@pytest.mark.parametrize(
    ("known", "told", "shared"),
    [
        (timedelta(seconds=59), "moins de 1 min de ces 7 jours", False),
        (timedelta(minutes=12, seconds=59), "12 min de ces 7 jours", False),
        (timedelta(hours=23, minutes=59, seconds=59), "23 h 59 min de ces 7 jours", False),
        (timedelta(hours=24), "du temps connu", True),
    ],
)
def test_of_less_than_a_day_no_share_is_told(known: timedelta, told: str, shared: bool) -> None:
    """All of one minute says nothing of a week; how little is known is said instead."""
    span = timedelta(hours=167, minutes=3)
    told_of = Week("recip-e", (), 1.0, known / span, 1, span)
    caption = view.words(Voice(Words(), "fr", knowledge(), NOW), told_of)
    assert told in caption
    assert ("100 %" in caption) is shared
    assert ("inconnu" in caption) is shared
    assert "1 panne annoncée" in caption


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_little_is_known_is_told_in_each_language(language: str) -> None:
    """The time as that language writes it."""
    told_of = Week("recip-e", (), 1.0, 0.01, 0)
    assert " 1 " in view.words(Voice(Words(), language, knowledge(), NOW), told_of)
    assert "40 " in view.words(Voice(Words(), language, knowledge(), NOW), told_of)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_can_be_drawn(language: str) -> None:
    """Names of services, days, states: none has a letter that Pillow's font would show as a box."""
    shipped = load_knowledge(CHECKOUT_KNOWLEDGE)
    voice = Voice(Words(), language, shipped, NOW)
    sheet = view.sheet(voice, week(State.OPERATIONAL))
    names = [voice.service(one) for one in shipped.services]
    words = [sheet.subtitle, *(name for _, name in sheet.days + sheet.legend), *names]
    assert [word for word in words if "?" in dict(letters(word))] == []


def test_a_long_name_keeps_within_the_picture() -> None:
    """It gets smaller, then shorter; the margin stays empty."""
    long = service("recip-e", "Überaus lange Benennung " * 9, "REC")
    voice = Voice(Words(), "de", knowledge(services={"recip-e": long}), NOW)
    image = Image.open(io.BytesIO(picture(view.sheet(voice, week(State.OPERATIONAL)))))
    assert colours(image, (image.width - 30, 0, image.width, 120)) == {GROUND}


# How it is sent


@pytest_asyncio.fixture(name="history")
async def make_history(tmp_path: Path) -> AsyncIterator[SqlHistory]:
    """A real store in which Recip-e was fine for three days, then down for two hours till now."""
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'bis.sqlite3'}", tmp_path)
    outbox = SqlOutbox(database)
    for state, hours in ((State.OPERATIONAL, 72), (State.MAJOR_OUTAGE, 2)):
        at = NOW - timedelta(hours=hours)
        await outbox.record(nothing_told, (Confirmed("recip-e", state, at, "ehealth"),), at)
    yield SqlHistory(database)
    await database.close()


def nothing_told(_: object) -> tuple[Ruling, ...]:
    return ()


@pytest_asyncio.fixture(name="running")
async def make_running(history: SqlHistory) -> AsyncIterator[Running]:
    """A bot with a past; no request of it may break the Bot API's rules."""
    asked = Asked()
    asked.parts = replace(asked.parts, history=history)
    async with TelegramServer(os.environ.get("BOT_API_SPEC")) as server:
        server.add_chat(ANNA)
        async for _ in serve(server, build_application(TOKEN, server.url, asked.parts)):
            yield Running(server, asked)
        assert server.violations == []


async def test_the_week_is_read_from_the_store(history: SqlHistory) -> None:
    """Before the first change all is unknown; shares are of the time that is known."""
    read = await read_week(history, "recip-e", NOW, readable=True)
    assert read is not None
    states = [hour.state for hour in read.hours]
    assert states.count(State.UNKNOWN) == 168 - 72
    assert states[-3:] == [State.MAJOR_OUTAGE] * 3
    assert read.share == pytest.approx(70 / 72)
    assert read.known == pytest.approx(72 / (167 + 3 / 60))
    assert read.known_for == timedelta(hours=72)


async def test_what_cannot_be_read_now_does_not_end_in_green(history: SqlHistory) -> None:
    """The last hour is unknown, unless it is known to have been worse."""
    later = NOW + timedelta(hours=3)
    back = Confirmed("recip-e", State.OPERATIONAL, NOW, "ehealth")
    await SqlOutbox(history._database).record(nothing_told, (back,), NOW)
    for readable, state in ((True, State.OPERATIONAL), (False, State.UNKNOWN)):
        read = await read_week(history, "recip-e", later, readable=readable)
        assert read is not None
        assert read.hours[-1].state is state


async def test_one_service_is_shown_with_its_week(running: Running) -> None:
    """A photo, the state and the week in words under it, with the buttons of the text."""
    answer = await running.server.ask(ANNA, "/status recip-e", language_code="fr")
    assert answer.photo is not None
    assert Image.open(io.BytesIO(answer.photo)).size[0] == 1080
    assert "Recip-e: panne partielle" in answer.caption
    assert "97,2 % du temps connu" in answer.caption
    assert "Actualiser" in answer.labels


async def test_of_a_service_without_a_past_the_text_alone_is_told(running: Running) -> None:
    """A picture of nothing known would say nothing."""
    answer = await running.server.ask(ANNA, "/status sts", language_code="fr")
    assert answer.photo is None
    assert "STS" in answer.text


async def test_refreshing_and_going_back_leave_one_message(running: Running) -> None:
    """A photo cannot become a text: the new message takes the old one's place."""
    first = await running.server.ask(ANNA, "/status recip-e", language_code="fr")
    await running.press("Actualiser")
    again = await running.server.wait_for(ANNA, after=first.message_id)
    assert again.photo is not None
    await running.press("⬅ Retour")
    listed = await running.server.wait_for(ANNA, after=again.message_id)
    assert listed.photo is None
    await running.server.wait_until(
        lambda: (
            [one.message_id for one in running.server.sent(ANNA) if not one.deleted]
            == [listed.message_id]
        )
    )


async def test_words_too_long_for_a_caption_follow_the_picture(running: Running) -> None:
    """Nothing of what the source writes is lost; the buttons are under the words."""
    long = tuple(incident(id=str(n), updates=(f"{n} " + "mot " * 140,)) for n in range(2))
    running.asked.board = board(incidents=long)
    shown = await running.server.ask(ANNA, "/status recip-e", language_code="fr")
    text = await running.server.wait_for(ANNA, after=shown.message_id)
    assert shown.photo is not None
    assert shown.caption == ""
    assert shown.labels == []
    assert "97,2 % du temps connu" in text.text
    assert "Actualiser" in text.labels


async def test_where_pictures_are_refused_the_words_are_told(running: Running) -> None:
    """A group may forbid photos; the answer comes all the same."""
    running.server.fail(
        method="sendPhoto",
        code=400,
        description="Bad Request: not enough rights to send photos to the chat",
    )
    answer = await running.server.ask(ANNA, "/status recip-e", language_code="fr")
    assert answer.photo is None
    assert "97,2 % du temps connu" in answer.text
