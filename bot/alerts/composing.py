"""A parcel -> the `Ping` that the view words."""

from bot.alerts.graph import Graph
from bot.alerts.model import Affected, Ping
from bot.alerts.parcels import Parcel, Recipient, Told
from bot.alerts.rulings import CLOSING

DEFAULT_LANGUAGE = "fr"


def compose(parcel: Parcel, graph: Graph) -> Ping:
    """All that the view needs: what is affected, worst first, and the lead incident's facts."""
    news = [item.incident for item in parcel.items]  # later ones prevail: they have the new code
    fresh = frozenset(one.id for one in news)
    told = sorted(
        {one.id: one for one in (*parcel.also, *news)}.values(),
        key=lambda one: (one.ended_at is not None, -one.state.severity, one.id),
    )
    lead, recipient = told[0], parcel.recipient
    ends = [one.ended_at for one in told if one.ended_at is not None]
    return Ping(
        kind=parcel.kind,
        code=lead.code,
        chat_id=recipient.chat_id,
        language=recipient.language or DEFAULT_LANGUAGE,
        profession=recipient.profession,
        affected=tuple(_affected(one, recipient, graph, fresh) for one in told),
        incident=lead.words,
        started_at=min(one.since for one in told),
        ended_at=max(ends) if ends and parcel.kind in CLOSING else None,
        emergency=lead.emergency,
    )


def _affected(told: Told, recipient: Recipient, graph: Graph, fresh: frozenset[int]) -> Affected:
    return Affected(
        service=told.service,
        state=told.state,
        since=told.since,
        source=told.source,
        children=_children(told.service, recipient, graph),
        code=told.code,
        ended_at=told.ended_at,
        news=told.id in fresh,
        words=told.words,
        announced=told.announced,
    )


def _children(service: str, recipient: Recipient, graph: Graph) -> tuple[str, ...]:
    """What rests on it, as far as the chat follows it; where it follows none of it, all."""
    below = graph.descendants(service)
    followed = tuple(
        name
        for name in below
        if graph.follows_itself(recipient.services, recipient.profession, name)
    )
    return followed or below
