"""From one believed state of a service to the next: the kind of change, and its key. Pure."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.status.model import Change, ChangeKind, Confirmed, Incident, State
from bot.status.readers.words import worst

KEY_LIMIT = 300
"""What the store keeps of a key; PostgreSQL refuses a longer one, and with it the whole change."""


def succeed(
    before: Confirmed | None,
    now: Confirmed,
    incident: Incident | None,
) -> Confirmed:
    """`now` with what goes on from before: key and beginning of a trouble, switch, instability.

    `now`: the state, since when, by which source. Trouble goes on until the service is fine.
    """
    begun = _begun(now, incident)
    if before is None:
        return replace(begun, key=_key(begun, incident))
    kept = replace(begun, unstable=before.unstable, emergency=before.emergency)
    if before.state is now.state:
        return replace(_since(kept, before), key=before.key)
    if before.key is not None and now.state is not State.OPERATIONAL:
        return replace(_since(kept, now if before.unstable else before), key=before.key)
    return replace(kept, key=_key(kept, incident))


def _begun(now: Confirmed, incident: Incident | None) -> Confirmed:
    """`now`, from when its incident began where that is told and earlier."""
    told = incident.started_at if incident is not None and now.state.is_outage else None
    return replace(now, since=told, witnessed=True) if told and told <= now.since else now


def _since(now: Confirmed, other: Confirmed) -> Confirmed:
    return replace(now, since=other.since, witnessed=other.witnessed)


def kind_of(before: Confirmed, after: Confirmed, *, moved_on: bool) -> ChangeKind | None:
    """What a change is called; None: nothing to tell (fine and maintenance by turns)."""
    if before.state is after.state:
        return ChangeKind.UPDATE if moved_on and after.state.is_outage else None
    if before.key is None:
        return ChangeKind.ONSET if after.state.is_outage else None
    if after.state is State.OPERATIONAL:
        return ChangeKind.RESOLVED
    worse = after.state.severity > before.state.severity and after.state.is_outage
    return ChangeKind.WORSENED if worse else ChangeKind.UPDATE


def switched(
    before: Confirmed, after: Confirmed, source: str, at: datetime, parents: tuple[str, ...]
) -> Change:
    """The change of the emergency switch: on or off, since when the list of routes says."""
    emergency = after.emergency or before.emergency
    since = emergency.since if emergency else at
    return Change(
        kind=ChangeKind.EMERGENCY_ON if after.emergency else ChangeKind.EMERGENCY_OFF,
        service=after.service,
        previous=before.state,
        current=after.state,
        at=at,
        since=since,
        source=source,
        key=f"{source}:{after.service}:{since:%Y-%m-%dT%H:%MZ}",
        affected_by=parents,
        emergency=emergency,
    )


def incident_key(source: str, incident: str) -> str:
    """The key of an incident that has an id of its own at its source."""
    key = f"{source}:{incident}"
    if len(key) <= KEY_LIMIT:
        return key
    whole = sha256(key.encode(errors="backslashreplace")).hexdigest()
    return f"{key[: KEY_LIMIT - len(whole)]}{whole}"  # two that begin alike stay two


def _key(now: Confirmed, incident: Incident | None) -> str | None:
    """By the source's own id, else by service and beginning; never by prose, which changes."""
    if not now.state.is_outage:
        return None
    if incident is not None:
        return incident_key(now.source, incident.id)
    return f"{now.service}:{now.since:%Y-%m-%dT%H:%MZ}"


def derived_state(parts: tuple[State, ...]) -> State:
    """The state of a service made of parts: degraded while a part is out, down when all are.

    Fine only where all parts are; unknown where one is and none is out.
    """
    if parts and all(state is State.MAJOR_OUTAGE for state in parts):
        return State.MAJOR_OUTAGE
    return State.DEGRADED if any(state.is_outage for state in parts) else worst(parts)
