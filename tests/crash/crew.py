"""The processes that are harmed: started, killed, stopped and woken by signals."""

import asyncio
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path

Process = asyncio.subprocess.Process


@dataclass
class Crew:
    """So many workers on one database; only PostgreSQL bears more than one."""

    database_url: str
    folder: Path
    server_url: str
    size: int = 1
    workers: list[Process] = field(default_factory=list)

    async def fill(self) -> None:
        """Starts those that were killed; none may have ended by itself, whatever befell it."""
        assert all(worker.returncode is None for worker in self.workers)
        while len(self.workers) < self.size:
            self.workers.append(await self._start())

    async def _start(self) -> Process:
        given = (self.database_url, str(self.folder), self.server_url)
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.crash.worker", *given
        )

    async def kill(self, worker: Process) -> None:
        """SIGKILL: nothing can be put in order."""
        assert worker.returncode is None, "a worker ended by itself"
        worker.kill()
        await worker.wait()
        self.workers.remove(worker)

    async def kill_all(self) -> None:
        """The same to each that still runs."""
        for worker in self.workers:
            if worker.returncode is None:
                worker.kill()
            await worker.wait()
        self.workers.clear()

    async def stand_still(self, worker: Process, seconds: float) -> None:
        """Stops it in the middle of whatever it does, and lets it go on as if nothing had been."""
        worker.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        worker.send_signal(signal.SIGCONT)
