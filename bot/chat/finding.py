"""Which procedures belong to a service, a profession or each other: pure, over the knowledge."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from bot.knowledge import Knowledge, Procedure, Service
from bot.preferences import ALL_SERVICES, Preferences

OFFERED = 5
"""Procedures offered as buttons at once."""
GENERAL_DESKS = ("ehealth-contact-center", "mycarenet-technique", "recip-e")
"""Contacts for anything: the platform's, the health insurance funds', Recip-e's."""


def procedures_on(
    knowledge: Knowledge, services: Collection[str], profession: str | None
) -> tuple[Procedure, ...]:
    """Those for the profession that rest on a service, the most telling first.

    First what is to be done in an outage of it, then what is written for the profession alone,
    then those whose first service it is.
    """
    fitting = [
        procedure
        for procedure in knowledge.procedures.values()
        if procedure.serves(profession) and set(procedure.services) & set(services)
    ]
    return tuple(sorted(fitting, key=lambda one: _distance(one, services, profession)))


def in_outage_of(
    knowledge: Knowledge, services: Sequence[str], profession: str
) -> tuple[Procedure, ...]:
    """Those that an editor marked as the first thing to do when one of the services is down.

    In the order of the services, so that a parent comes before what rests on it.
    """
    return tuple(
        {
            procedure.id: procedure
            for service in services
            for procedure in knowledge.procedures.values()
            if service in procedure.outage_of and procedure.serves(profession)
        }.values()
    )


def for_profession(
    knowledge: Knowledge, procedure: Procedure, profession: str
) -> tuple[Procedure, ...]:
    """What another profession does in the same trouble: siblings first."""
    if procedure.serves(profession):
        return (procedure,)
    near = procedures_on(knowledge, procedure.services, profession)
    ranked = sorted(near, key=lambda one: one.id not in procedure.siblings)
    return tuple(ranked[:OFFERED])


def topics(knowledge: Knowledge, profession: str | None) -> tuple[Service, ...]:
    """Services and topics on which there is a procedure for the profession."""
    touched = {
        service
        for procedure in knowledge.procedures.values()
        if procedure.serves(profession)
        for service in procedure.services
    }
    return tuple(one for one in knowledge.services.values() if one.id in touched)


def main_topics(knowledge: Knowledge, profession: str | None, most: int) -> tuple[Service, ...]:
    """The topics with the most procedures: those written for the profession count before all."""
    fitting = [one for one in knowledge.procedures.values() if one.serves(profession)]
    own = Counter(s for one in fitting if profession in one.professions for s in one.services)
    all_of_them = Counter(service for one in fitting for service in one.services)
    found = topics(knowledge, profession)
    return tuple(sorted(found, key=lambda one: (-own[one.id], -all_of_them[one.id]))[:most])


def helpdesks_on(knowledge: Knowledge, services: Collection[str]) -> tuple[str, ...]:
    """Whom the procedures on these services send to: the one named most, and a near second."""
    on = [one for one in knowledge.procedures.values() if set(one.services) & set(services)]
    named = _desks(knowledge, on)
    most = max(named.values(), default=0)
    return tuple(desk for desk, count in named.most_common(2) if count * 2 >= most)


def general_helpdesks(knowledge: Knowledge, profession: str | None) -> tuple[str, ...]:
    """Those for anything to which a procedure for the profession sends."""
    mine = [one for one in knowledge.procedures.values() if one.serves(profession)]
    named = _desks(knowledge, mine)
    return tuple(desk for desk in GENERAL_DESKS if desk in named)


def _desks(knowledge: Knowledge, found: Iterable[Procedure]) -> Counter[str]:
    """How many of the procedures send to each helpdesk."""
    return Counter(desk for one in found for desk in one.contacts if desk in knowledge.contacts)


def watched(service: Service) -> bool:
    """Whether a source that a machine can read tells its state, by itself or by its parts."""
    return service.monitored or bool(service.derived_from)


def follows(knowledge: Knowledge, preferences: Preferences, service: str) -> bool:
    """Whether the chat is told of a service, by name or as one of all of its profession."""
    if service in preferences.services:
        return True
    own = knowledge.services_of(preferences.profession)
    return ALL_SERVICES in preferences.services and any(one.id == service for one in own)


def _distance(
    procedure: Procedure, services: Collection[str], profession: str | None
) -> tuple[bool, bool, bool]:
    return (
        not set(procedure.outage_of) & set(services),
        profession not in procedure.professions,
        procedure.services[0] not in services,
    )
