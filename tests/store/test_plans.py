"""How the engines look for rows: a claim costs the same however many wait."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, event, insert, update

from bot.alerts.model import DeliveryState
from bot.store.database import Database
from bot.store.statements import ROWS
from bot.store.tables import chats, deliveries, subscriptions
from tests.alerts.stage import Stage
from tests.alerts.world import NOON, onset

MANY = 3_000
EXPLAIN = {False: "EXPLAIN QUERY PLAN ", True: "EXPLAIN "}


async def plan_of(database: Database, statement: object, **values: object) -> str:
    """What the engine says that it would do."""
    explain = EXPLAIN[database.shared]

    def explained(_: Connection, cursor: object, sql: str, given: object, *__: object) -> object:
        return explain + sql, given

    async with database.read() as connection:
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", explained, retval=True)
        try:
            result = await connection.execute(statement, values)  # type: ignore[call-overload]
        finally:
            event.remove(engine, "before_cursor_execute", explained)
        assert result.cursor is not None
        return "\n".join(str(row[-1]) for row in result.cursor.fetchall())


@pytest.mark.parametrize("state", ROWS[False])
async def test_the_rows_of_a_chat_are_found_whatever_else_waits(
    play: Stage, state: DeliveryState
) -> None:
    """By chat and state, and not by looking through all that are in that state."""
    ids = range(1, MANY + 1)
    people = [{"chat_id": one, "created_at": NOON, "seen_at": NOON} for one in ids]
    following = [{"chat_id": one, "service": "eid"} for one in ids]
    async with play.database.write() as connection:
        await connection.execute(insert(chats), people)
        await connection.execute(insert(subscriptions), following)
    await play.happens(onset("eid", play.now))
    async with play.database.write() as connection:
        await connection.execute(update(deliveries).values(state=state.value))
    long_ago = NOON - timedelta(days=1)
    plan = await plan_of(
        play.database,
        ROWS[play.database.shared][state],
        chats=[1, 2, 3],
        now=NOON,
        today=long_ago,
        lately=long_ago,
    )
    assert "ix_deliveries_chat_id_state" in plan
    assert "ix_deliveries_due" not in plan
    assert "ix_deliveries_uncertain" not in plan
