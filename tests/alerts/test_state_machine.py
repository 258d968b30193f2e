"""Any order of people's choices, outages, faults, kills and restarts keeps the rules."""

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from tests.alerts.fate import LAST, Fate
from tests.alerts.world import Seen, onset, resolved

ENDS = {"resolved", "steady", "emergency_off"}


class Alerts(Fate):
    """The rules that hold after each step, and at the end of each story."""

    def teardown(self) -> None:
        try:
            self.all_comes_to_an_end()
        finally:
            super().teardown()

    @invariant()
    def who_left_hears_nothing(self) -> None:
        for chat_id, count in self.left.items():
            assert len(self.seen(chat_id)) == count

    @invariant()
    def who_muted_an_incident_hears_no_more_of_it(self) -> None:
        for (chat_id, stem), count in self.muted.items():
            assert self.count(chat_id, stem) == count

    @invariant()
    def who_sleeps_is_not_woken(self) -> None:
        assert self.woken == []

    @invariant()
    def what_is_marked_as_sent_was_seen(self) -> None:
        sql = "SELECT chat_id, message_id FROM deliveries WHERE state = 'sent'"
        for chat_id, message_id in self.runner.run(self.query(sql)):
            assert message_id in {one.message_id for one in self.seen(chat_id)}

    @invariant()
    def no_end_without_beginning(self) -> None:
        for seen in self.play.telegram.chats.values():
            begun: set[str] = set()
            for one in seen:
                kind, _, _ = one.text.partition(" ")
                names = {part.split("=")[0] for part in one.text.split(" ")[2:]}
                begun |= set() if kind in ENDS else names
                assert kind not in ENDS or names <= begun | _edited(seen)

    @invariant()
    def no_copy_without_doubt(self) -> None:
        copies = 0
        for seen in self.play.telegram.chats.values():
            codes = [tuple(one.text.split(" ")[:2]) for one in seen]
            copies += len(codes) - len(set(codes))
        assert copies <= self.doubts

    def all_comes_to_an_end(self) -> None:
        """A last outage and its end reach everyone, and then nothing waits any more."""
        self.play.telegram.fault = lambda _: None
        for made, word in ((onset, "major_outage"), (resolved, "over")):
            told = {chat_id: self._told(chat_id, word) for chat_id in self.asleep}
            self.runner.run(self.play.happens(made(LAST, self.play.now)))
            self.runner.run(self.play.passes(hours=36, step=1800))
            for chat_id, count in told.items():
                assert self._told(chat_id, word) > count
        waiting = "('pending', 'sending', 'retry', 'uncertain')"
        sql = f"SELECT id FROM deliveries WHERE state IN {waiting}"  # noqa: S608 - our own
        assert self.runner.run(self.query(sql)) == []

    def _told(self, chat_id: int, word: str) -> int:
        """How often the chat was told so of the last service."""
        texts = [text for one in self.seen(chat_id) for text in (one.text, *one.edits)]
        return sum(f"{LAST}={word}" in text for text in texts)


def _edited(seen: list[Seen]) -> set[str]:
    texts = [text for one in seen for text in one.edits]
    return {part.split("=")[0] for each in texts for part in each.split(" ")[2:]}


TestAlerts = Alerts.TestCase
TestAlerts.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
