"""Whether a row leaves, waits or is dropped, decided when its turn comes."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.alerts.model import DeliveryState
from bot.alerts.parcels import Act, Item, Opening, Recipient, Told, Why, alone, judge, parcel
from bot.alerts.quiet import next_digest
from bot.status.model import ChangeKind, Incident, State
from tests.alerts.stage import QUIET
from tests.alerts.world import GRAPH, NOON

INCIDENT = Told(1, "recip-e", "REC-0001-1", State.MAJOR_OUTAGE, "ehealth", NOON)
OVER = replace(INCIDENT, ended_at=NOON, state=State.OPERATIONAL)
ONSET = Item(1, 1, ChangeKind.ONSET, INCIDENT, edits=False, expires_at=NOON + timedelta(hours=2))
SENT = Opening(DeliveryState.SENT, 5)
END = replace(ONSET, kind=ChangeKind.RESOLVED, incident=OVER, opening=SENT)
EDIT = replace(ONSET, kind=ChangeKind.UPDATE, edits=True, opening=SENT)
NURSE = Recipient(1, "fr", "nurse", frozenset({"recip-e"}))
PHARMACIST = replace(NURSE, profession="pharmacist")
AT_NIGHT = NOON + timedelta(hours=12)
NIGHTLY = replace(ONSET, expires_at=AT_NIGHT + timedelta(hours=1))


def work(since: timedelta, until: timedelta | None = None) -> Item:
    """Work that has gone on for so long, and ends then or nobody knows when."""
    ends = None if until is None else NOON + until
    words = Incident("m1", "ehealth", "work", None, starts_at=NOON - since, ends_at=ends)
    return replace(ONSET, kind=ChangeKind.PLANNED, incident=replace(INCIDENT, words=words))


@dataclass(frozen=True)
class Row:
    """A row of the outbox, the chat, and the verdict."""

    item: Item
    chat: Recipient
    act: Act
    why: Why
    more: dict[str, Any] = field(default_factory=dict)
    now: Any = NOON


def settling(state: DeliveryState) -> Item:
    """An end whose opening message is in this state."""
    return replace(END, opening=Opening(state, None))


ON_THEIR_WAY = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.RETRY,
    DeliveryState.UNCERTAIN,
)
NEVER_CAME = (
    DeliveryState.SUPERSEDED,
    DeliveryState.EXPIRED,
    DeliveryState.DEAD,
    DeliveryState.BLOCKED,
)
FULL = replace(NURSE, sounded_today=10)
SUPERSEDED = {"state": DeliveryState.SUPERSEDED}
LATE = Incident("i1", "ehealth", "down", None, ends_at=NOON - timedelta(hours=1))
ROWS = (
    {
        "news leaves": Row(ONSET, NURSE, Act.SEND, Why.DUE),
        "a chat that left is left alone": Row(
            ONSET,
            replace(NURSE, reachable=False),
            Act.DROP,
            Why.BLOCKED,
            {"state": DeliveryState.BLOCKED},
        ),
        "a muted incident is silent": Row(
            replace(ONSET, muted=True), NURSE, Act.DROP, Why.MUTED, SUPERSEDED
        ),
        "who unsubscribed is not told": Row(
            ONSET, replace(NURSE, services=frozenset()), Act.DROP, Why.UNSUBSCRIBED, SUPERSEDED
        ),
        "who follows what rests on it is told": Row(
            replace(ONSET, incident=replace(INCIDENT, service="sts")), NURSE, Act.SEND, Why.DUE
        ),
        "all services of a profession are those of the profession": Row(
            ONSET, replace(NURSE, services=frozenset({"*"})), Act.DROP, Why.UNSUBSCRIBED
        ),
        "all services without a profession are all": Row(
            ONSET, replace(NURSE, profession=None, services=frozenset({"*"})), Act.SEND, Why.DUE
        ),
        "in its last moment it is too late": Row(
            replace(ONSET, expires_at=NOON),
            NURSE,
            Act.DROP,
            Why.EXPIRED,
            {"state": DeliveryState.EXPIRED},
        ),
        "what is over is not told as news": Row(
            replace(ONSET, incident=OVER), NURSE, Act.DROP, Why.OVER, SUPERSEDED
        ),
        "what goes on past its announced end is": Row(
            replace(ONSET, incident=replace(INCIDENT, words=LATE)), NURSE, Act.SEND, Why.DUE
        ),
        "unless it may have arrived, for its end will be told": Row(
            replace(ONSET, incident=OVER, uncertain=1), NURSE, Act.SEND, Why.DUE
        ),
        "nor is it ever too late for that": Row(
            replace(ONSET, incident=OVER, uncertain=1, expires_at=NOON), NURSE, Act.SEND, Why.DUE
        ),
        "an end that may have arrived is too late one day": Row(
            replace(END, uncertain=1, expires_at=NOON), NURSE, Act.DROP, Why.EXPIRED
        ),
        "work that has begun is not told, wherever that may have arrived": Row(
            replace(ONSET, kind=ChangeKind.PLANNED, uncertain=1, expires_at=NOON),
            NURSE,
            Act.DROP,
            Why.EXPIRED,
        ),
        "work that has no end is told for a day": Row(
            work(timedelta(hours=23, minutes=59)), NURSE, Act.SEND, Why.DUE
        ),
        "then it is over": Row(work(timedelta(hours=24)), NURSE, Act.DROP, Why.OVER),
        "work is told until its end": Row(
            work(timedelta(hours=30), timedelta(seconds=1)), NURSE, Act.SEND, Why.DUE
        ),
        "not from then on": Row(work(timedelta(hours=1), timedelta(0)), NURSE, Act.DROP, Why.OVER),
        "an end follows its beginning": Row(END, NURSE, Act.SEND, Why.DUE),
        "an end without a beginning is not told": Row(
            replace(END, opening=None), NURSE, Act.DROP, Why.NEVER_TOLD
        ),
        "a change of what is not on its way is not told": Row(
            replace(EDIT, opening=Opening(DeliveryState.EXPIRED, None)),
            NURSE,
            Act.DROP,
            Why.NEVER_TOLD,
        ),
        "an edit passes through the night": Row(
            replace(EDIT, expires_at=NIGHTLY.expires_at),
            replace(NURSE, quiet=QUIET["22-7"]),
            Act.SEND,
            Why.DUE,
            now=AT_NIGHT,
        ),
        "news waits for the morning": Row(
            NIGHTLY,
            replace(NURSE, quiet=QUIET["22-7"]),
            Act.WAIT,
            Why.QUIET,
            {"until": NOON + timedelta(hours=19)},
            now=AT_NIGHT,
        ),
        "the tenth sound of a day is heard": Row(
            ONSET, replace(NURSE, sounded_today=9), Act.SEND, Why.DUE
        ),
        "the eleventh waits for the digest": Row(
            ONSET, FULL, Act.WAIT, Why.DAY_FULL, {"until": next_digest(NOON)}
        ),
        "once it has, it leaves, however many were heard by then": Row(
            replace(ONSET, held_back=True), FULL, Act.SEND, Why.DUE
        ),
        "what makes no sound is not counted": Row(END, FULL, Act.SEND, Why.DUE),
        "what stops a profession's work is always told": Row(
            ONSET, replace(PHARMACIST, sounded_today=10), Act.SEND, Why.DUE
        ),
        "what hinders it waits its turn": Row(
            replace(ONSET, incident=replace(INCIDENT, state=State.PARTIAL_OUTAGE)),
            replace(PHARMACIST, sounded_today=10),
            Act.WAIT,
            Why.DAY_FULL,
        ),
    }
    | {
        f"an end waits for a beginning that is {state}": Row(
            settling(state), NURSE, Act.WAIT, Why.OPENING_ON_ITS_WAY
        )
        for state in ON_THEIR_WAY
    }
    | {
        f"an end is dropped where its beginning is {state}": Row(
            settling(state), NURSE, Act.DROP, Why.NEVER_TOLD, {"state": DeliveryState.SUPERSEDED}
        )
        for state in NEVER_CAME
    }
)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_judgement(row: Row) -> None:
    """What becomes of a row when its turn comes, and why."""
    verdict = judge(row.item, row.chat, row.now, GRAPH)
    assert (verdict.act, verdict.why) == (row.act, row.why)
    assert {name: getattr(verdict, name) for name in row.more} == row.more


PARCELS = {
    "news is heard": (ONSET, None, (None, None, False)),
    "news that joins a message just sent is not heard again": (ONSET, 9, (9, None, True)),
    "an end answers its beginning without a sound": (END, None, (None, 5, True)),
    "a detail changes the beginning": (EDIT, None, (5, None, True)),
    "worse answers the beginning, and is heard": (
        replace(ONSET, kind=ChangeKind.WORSENED, opening=SENT),
        None,
        (None, 5, False),
    ),
    "a repeated beginning of what is over is not heard": (
        replace(ONSET, incident=OVER, uncertain=1),
        None,
        (None, None, True),
    ),
}


@pytest.mark.parametrize(("item", "join", "wanted"), PARCELS.values(), ids=PARCELS)
def test_how_it_leaves(
    item: Item, join: int | None, wanted: tuple[int | None, int | None, bool]
) -> None:
    """Which message it changes or answers, and whether it is heard."""
    made = parcel(NURSE, [item], join=join)
    assert (made.edit, made.reply_to, made.silent) == wanted


def test_news_that_cannot_join_a_message_is_told_alone() -> None:
    """A message of its own, and heard."""
    made = alone(parcel(NURSE, [ONSET], join=8))
    assert (made.recipient, made.edit, made.silent) == (NURSE, None, False)
