"""The five faults, and the run that spreads them over a batch."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.utils import Error

from closedloop.reports.models import ReportBatch
from tests.chaos.fleet import Fleet
from tests.chaos.servers import Servers
from tests.chaos.watch import Verdict, Watcher, verdict

SHORT = {"child": 1, "worker": 1, "flush": 1, "valkey": 1, "postgres": 1}
LONG = {"child": 12, "worker": 11, "flush": 6, "valkey": 6, "postgres": 5}  # as in reliability.md M6
NEXT_AT_LATEST = 4  # seconds after a fault, also when nothing was finished meanwhile
STANDSTILL = 120  # seconds without anything finished, after which the batch counts as lost


@dataclass
class Chaos:
    """A batch, who works on it, and what they work with."""

    batch: ReportBatch
    fleet: Fleet
    servers: Servers
    seed: int

    def run(self, faults: dict[str, int]) -> tuple[Verdict, Watcher]:
        """Do every fault in the order that the seed gives, wait for the end, and return what became of the batch."""
        chance = random.Random(self.seed)
        plan = [kind for kind, times in faults.items() for _time in range(times)]
        chance.shuffle(plan)
        total = self.batch.jobs.count()
        watcher = Watcher(self.batch)
        watcher.start()
        began = time.monotonic()
        try:
            for number, kind in enumerate(plan, 1):
                self.wait_for_progress(watcher, total * number // (len(plan) + 1))
                time.sleep(chance.uniform(0, 0.5))
                self.do(kind, chance)
            self.wait_for_the_end(watcher)
        finally:
            watcher.finish()
        found = verdict(self.batch)
        print(
            f"\nseed={self.seed} faults={len(plan)} seconds={time.monotonic() - began:.0f} {found}"
            f" polls={len(watcher.answers)} unanswered={watcher.unanswered} lies={len(watcher.lies())}"
        )
        if not found.is_whole:
            print("\n".join(f"--- {name}\n{self.fleet.said(name)}" for name in self.fleet.running))
        return found, watcher

    def do(self, kind: str, chance: random.Random) -> None:
        acts: dict[str, Callable[[], None]] = {
            "child": lambda: self.fleet.kill_child(chance),
            "worker": lambda: self.fleet.kill_worker(chance),
            "flush": self.servers.flush,
            "valkey": self.servers.kill_valkey,
            "postgres": self.servers.crash_postgres,
        }
        acts[kind]()
        if kind in {"valkey", "postgres"}:
            time.sleep(chance.uniform(0.2, 1))
            connection.close()
            self.servers.start()

    def wait_for_progress(self, watcher: Watcher, done: int) -> None:
        end = time.monotonic() + NEXT_AT_LATEST
        while watcher.done < done and time.monotonic() < end:
            time.sleep(0.05)

    def wait_for_the_end(self, watcher: Watcher) -> None:
        """Return when nothing is left to do and its effects had their time; or when nothing moves any more."""
        last, since = -1, time.monotonic()
        while time.monotonic() - since < STANDSTILL and not self.is_over():
            if watcher.done != last:
                last, since = watcher.done, time.monotonic()
            time.sleep(0.2)
        end = time.monotonic() + 3
        while not verdict(self.batch).is_whole and time.monotonic() < end:
            time.sleep(0.2)

    def is_over(self) -> bool:
        try:
            return not self.batch.jobs.open().exists()
        except Error:
            connection.close()
            return False
