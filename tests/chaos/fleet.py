"""The portal's processes on the test's own servers, as the Procfile starts them, each in a group of its own."""

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.conf import settings

from closedloop import embedded
from closedloop.core.models import Heartbeat
from closedloop.core.queues import LARGE, QUEUES, QUICK, SWEEPER, worker_of
from tests.load.phones import Phone
from tests.waiting import wait_for

WORKER = ["--loglevel", "INFO", "--without-mingle", "--without-gossip"]
GUNICORN = ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
PATIENCE = 60  # seconds


class Fleet:
    """Started processes by name. `variant` is the Celery application: `closedloop`, or one of this folder."""

    def __init__(self, place: Path, variant: str):
        self.place, self.variant = place, variant
        self.running: dict[str, subprocess.Popen] = {}
        self.environment = {
            **os.environ,
            "DEBUG": "1",
            "DATABASE_URL": embedded.database_url(),
            "REDIS_URL": embedded.redis_url(),
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "EMAIL_URL": f"file://{place}/mail",
            "REMAP_SIGTERM": "SIGQUIT",
        }

    def start_work(self) -> None:
        """Start a worker for each queue and the sweeper, and wait until each has said that it lives."""
        Heartbeat.objects.all().delete()
        for queue in QUEUES:
            self.start_worker(queue)
        self.start_sweeper()
        wait_for(self.everybody_lives, PATIENCE)

    def everybody_lives(self) -> bool:
        assert self.ended() == [], self.said(self.ended()[0])
        return set(Heartbeat.objects.values_list("name", flat=True)) >= {worker_of(queue) for queue in QUEUES}

    def start_sweeper(self) -> None:
        hurried = self.variant != "closedloop"
        self.start(SWEEPER, *(["-m", "tests.chaos.hurried"] if hurried else ["manage.py", "sweep"]))

    def start_worker(self, queue: str) -> None:
        count = "2" if queue == QUICK else "1"
        options = [*WORKER, "--hostname", f"{queue}@%h", "--concurrency", count, "--queues", queue]
        self.start(worker_of(queue), "-m", "celery", "-A", self.variant, "worker", *options)

    def start_web(self, *, debug: bool = True) -> int:
        """Start gunicorn and return its port; without `debug` as in production, but for TLS."""
        if not debug:
            self.environment |= {"DEBUG": "0", "INSECURE_HTTP": "1", "SECRET_KEY": settings.SECRET_KEY}
            self.environment["STATIC_ROOT"] = f"{self.place}/collected"
            collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
            subprocess.run(collect, cwd=settings.BASE_DIR, env=self.environment, check=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.start("web", "-m", "gunicorn", "closedloop.wsgi", *GUNICORN, "--bind", f"127.0.0.1:{port}")
        wait_for(lambda: Phone(port).get("/healthz").status == 200, PATIENCE)
        return port

    def start(self, name: str, *command: str) -> None:
        with self.log(name).open("a") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *command],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self, name: str) -> str:
        """Return the end of a process's log."""
        return self.log(name).read_text()[-3000:]

    def log(self, name: str) -> Path:
        return self.place / f"{name.replace(':', '-')}.log"

    def replace_all(self) -> None:
        """Do what a release does: one process after the other is told to stop, and its successor started."""
        self.running["web"].send_signal(signal.SIGHUP)
        self.stop_politely(SWEEPER)
        self.start_sweeper()
        for queue in QUEUES:
            self.stop_politely(worker_of(queue))
            self.start_worker(queue)

    def stop_politely(self, name: str) -> None:
        self.running[name].terminate()
        assert self.running[name].wait(PATIENCE) == 0, self.said(name)

    @contextmanager
    def stopped(self, name: str) -> Iterator[None]:
        """Freeze a process and its children in the block."""
        number = self.running[name].pid
        os.killpg(number, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(number, signal.SIGCONT)

    def kill_child(self, chance: random.Random) -> None:
        """Kill one process of a worker's pool, as a lack of memory does."""
        children = self.pool(worker_of(QUICK)) or self.pool(worker_of(LARGE))
        if children:
            chance.choice(children).kill()

    def kill_worker(self, chance: random.Random) -> None:
        """Kill a worker with all its pool; whoever runs the processes starts it again."""
        queue = chance.choice([QUICK, QUICK, QUICK, LARGE])
        process = self.running[worker_of(queue)]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start_worker(queue)

    def pool(self, name: str) -> list[psutil.Process]:
        try:
            return psutil.Process(self.running[name].pid).children()
        except psutil.NoSuchProcess:
            return []

    def ended(self) -> list[str]:
        """Return who left without being asked to."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
