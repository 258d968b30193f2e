"""What each source says of each service; the worst of those that are heard counts. Pure."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.status.hysteresis import Track
from bot.status.model import Confirmed, State
from bot.status.source_view import fresh_for, usable_for
from bot.status.topology import Topology

Place = tuple[str, str]
"""A service and a source."""


@dataclass
class Heard:
    """Tracks by service and source, and when each source was last read well.

    `by_incidents`: places that are told of by incidents alone, which never say that all is fine.
    """

    topology: Topology
    tracks: dict[Place, Track] = field(default_factory=dict)
    by_incidents: set[Place] = field(default_factory=set)
    heard: dict[str, datetime] = field(default_factory=dict)

    def hear(self, source: str, confirmed: dict[str, Confirmed], at: datetime) -> None:
        """Notes a good read. `confirmed`: what is believed, before it.

        A source that comes back after others counted in its place goes on from what is believed
        now: what it then says otherwise is news, and has to pass the thresholds.
        """
        self._forgive(at)
        if self._is_silent(source, at):
            for place in [place for place in self.tracks if place[1] == source]:
                believed = confirmed.get(place[0])
                if believed and believed.source != source and believed.state is not State.UNKNOWN:
                    self.tracks[place] = Track.of(believed)
        self.heard[source] = at

    def _forgive(self, at: datetime) -> None:
        """Time in which nobody was heard, or we did not run, is our own silence, not theirs."""
        sources = self.topology.sources
        if not self.heard:
            self.heard = dict.fromkeys(sources, at)
        deaf = at - max(self.heard.values())
        if deaf > max(fresh_for(source) for source in sources.values()):
            self.heard = {name: moment + deaf for name, moment in self.heard.items()}

    def leading(self, service: str, at: datetime) -> tuple[str, Track] | None:
        """The source that says worst of a service, and its track.

        One that has been silent for so long that it is not shown any more does not count, unless
        nobody else says anything of the service.
        """
        sources = self.topology.sources_of.get(service, ())
        found = [(source, self.tracks.get((service, source), Track())) for source in sources]
        known = [(source, track) for source, track in found if track.state is not None]
        heard = [each for each in known if not self._is_silent(each[0], at)]
        counted = heard if any(self._says(service, *each) for each in heard) else known
        return max(counted, key=lambda each: each[1].severity, default=None)

    def is_untold(self, service: str, source: str) -> bool:
        """Whether the source tells of the service by incidents alone."""
        return (service, source) in self.by_incidents

    def _says(self, service: str, source: str, track: Track) -> bool:
        return track.state is not State.OPERATIONAL or not self.is_untold(service, source)

    def _is_silent(self, source: str, at: datetime) -> bool:
        return at - self.heard[source] > usable_for(self.topology.sources[source])
