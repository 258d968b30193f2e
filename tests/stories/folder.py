"""The shipped knowledge with sources on loopback, and what a bot learns from it, once a run."""

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import Knowledge
from bot.loading import cache_dir, load_matcher
from bot.settings import CHECKOUT_KNOWLEDGE, Settings
from tests.stories.site import BROKEN, COMPONENTS, SUMMARY

SOURCES = """\
- id: ehealth
  names: {{fr: "Statut eHealth", nl: "Status eHealth", de: "eHealth-Status", en: "eHealth status"}}
  format: ehealth
  url: {site}{components}
  every: 1
  page: https://status.example.be/ehealth
  services:
    "Session Management": sts
    "MyCareNet": mycarenet
    "eAttest": eattest
    "Assurabilité": insurability
- id: recip-e-page
  names: {{fr: "Page de Recip-e", nl: "Pagina Recip-e", de: "Recip-e-Seite", en: "Recip-e page"}}
  format: statuspage
  url: {site}{summary}
  every: 1
  page: https://status.example.be/recip-e
  services: {{"Recip-e": recip-e}}
- id: tariffs
  names: {{fr: "Page des tarifs", nl: "Tarieven", de: "Tarife", en: "Tariff page"}}
  format: statuspage
  url: {site}{broken}
  every: 1
  page: https://status.example.be/tariffs
  services: {{"Tarifs": tariff-consultation}}
- id: network
  names: {{fr: "Réseau", nl: "Netwerk", de: "Netz", en: "Network"}}
  format: none
  page: https://status.example.be/network
  services: {{"Belnet": network}}
"""


@dataclass(frozen=True)
class Content:
    """A knowledge folder whose sources stand at `port`, and a cache that was filled from it.

    `compiled`: where the processes of a run keep their bytecode, so that only the first compiles.
    """

    folder: Path
    cache: Path
    compiled: Path
    port: int
    knowledge: Knowledge

    def title(self, procedure: str, language: str) -> str:
        """What a procedure is called."""
        return self.knowledge.procedures[procedure].title[language]

    def service(self, service: str, language: str) -> str:
        """What a service is called."""
        return self.knowledge.services[service].names[language]


def prepare(folder: Path) -> Content:
    """One port for all sites of a run, so that the content is the same for each bot."""
    port = free_port()
    knowledge = Path(shutil.copytree(CHECKOUT_KNOWLEDGE, folder / "knowledge"))
    site = f"http://127.0.0.1:{port}"
    sources = SOURCES.format(site=site, components=COMPONENTS, summary=SUMMARY, broken=BROKEN)
    (knowledge / "sources.yaml").write_text(sources, encoding="utf-8")
    settings = Settings(data_dir=folder, knowledge_dir=knowledge)
    known = load_matcher(settings).knowledge
    return Content(knowledge, cache_dir(settings), folder / "compiled", port, known)


def free_port() -> int:
    """A port of the loopback that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
