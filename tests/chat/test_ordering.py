"""Chats side by side, one chat in order."""

import asyncio

from telegram import Update

from bot.chat.ordering import ChatByChat


def update(number: int, chat: int) -> Update:
    message = {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}}
    return Update.de_json({"update_id": number, "message": message}, None)


async def test_one_chat_waits_for_itself_and_not_for_others() -> None:
    """The second update of a chat begins when the first has ended; another chat's at once."""
    seen: list[str] = []
    gate = asyncio.Event()

    async def slow() -> None:
        seen.append("first begins")
        await gate.wait()
        seen.append("first ends")

    async def note(what: str) -> None:
        seen.append(what)

    processor = ChatByChat()
    async with processor, asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(update(1, 1), slow()))
        await asyncio.sleep(0)
        tasks.create_task(processor.process_update(update(2, 1), note("second")))
        await processor.process_update(update(3, 2), note("another chat"))
        await processor.process_update(object(), note("of no chat"))
        gate.set()
    assert seen == ["first begins", "another chat", "of no chat", "first ends", "second"]
    assert processor._turns == {}


async def test_an_error_frees_the_chat() -> None:
    """The next update is served."""
    seen: list[str] = []

    async def broken() -> None:
        raise ValueError

    async def note() -> None:
        seen.append("next")

    processor = ChatByChat()
    async with processor:
        try:
            await processor.process_update(update(1, 1), broken())
        except ValueError:
            seen.append("failed")
        await processor.process_update(update(2, 1), note())
    assert seen == ["failed", "next"]
