"""The second half of script/demo: servers, data, and the processes of the Procfile, all stopped together."""

import argparse
import contextlib
import ctypes
import fcntl
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from closedloop import embedded

ROOT = Path(__file__).resolve().parent.parent
VAR = embedded.var_dir()
READY_WITHIN = 90  # seconds
STOP_WITHIN = 15  # seconds; a report cut off here is rendered again at the next start
RESTARTS_PER_MINUTE = 5


class DemoError(Exception):
    """One plain sentence for whoever started the demonstration."""


class Stopped(BaseException):
    """Ctrl-C, or a polite kill. Not an Exception, so that nothing on the way takes it for a failure."""


class Processes:
    """Processes in groups of their own: Ctrl-C reaches only this one, which then ends them in order."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.running: dict[str, subprocess.Popen] = {}
        self.commands: dict[str, str] = {}
        self.starts: dict[str, list[float]] = {}

    def start(self, name: str, command: str, **options) -> subprocess.Popen:
        self.commands[name] = command
        self.starts.setdefault(name, []).append(time.monotonic())
        with log(name).open("ab") as output:
            self.running[name] = subprocess.Popen(
                ["/bin/sh", "-c", f"exec {command}"],
                **{"stdout": output, **options},
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=ROOT,
                env=self.environment,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        return self.running[name]

    def finish(self, name: str, command: str, failure: str) -> str:
        """Run to the end, and return what it printed."""
        process = self.start(name, command, stdout=subprocess.PIPE, text=True)
        printed, _ = process.communicate()
        del self.running[name]
        with log(name).open("a") as output:
            output.write(printed)
        if process.returncode != 0:
            raise DemoError(f"{failure}; the reason is in {shown(log(name))}.")
        return printed

    def ended(self) -> list[str]:
        return [name for name, process in self.running.items() if process.poll() is not None]

    def restart(self, name: str) -> None:
        """As a container host would; but a process that will not stay up is a failure."""
        recent = [moment for moment in self.starts[name] if time.monotonic() - moment < 60]
        if len(recent) > RESTARTS_PER_MINUTE:
            raise DemoError(f"The process {name} keeps ending; the reason is in {shown(log(name))}.")
        send(self.running[name], signal.SIGKILL, group=True)  # the children it may have left
        print(f"The process {name} ended and is started again.", flush=True)
        self.start(name, self.commands[name])

    def stop(self) -> None:
        for process in self.running.values():
            send(process, signal.SIGTERM, group=False)
        end = time.monotonic() + STOP_WITHIN
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, end - time.monotonic()))
            send(process, signal.SIGKILL, group=True)
            process.wait()


def send(process: subprocess.Popen, number: int, *, group: bool) -> None:
    with contextlib.suppress(ProcessLookupError):
        if group:
            os.killpg(process.pid, number)
        elif process.poll() is None:
            process.send_signal(number)


def end_with_parent() -> None:
    """On Linux the kernel tells a process when its parent was killed, so that even then nothing is left."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def log(name: str) -> Path:
    return VAR / "log" / f"{name}.log"


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@contextlib.contextmanager
def alone(address: str):
    """Two demonstrations on the same data would stop each other's servers."""
    with (VAR / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise DemoError(f"The demonstration is already running at {lock.read().strip()}.") from None
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def reset() -> None:
    """Empty the data folder, but for what this process and the tests hold on to."""
    embedded.stop()
    for path in VAR.iterdir():
        if path.name in {"test", "log", "demo.lock", "embedded.lock", "setup.lock"}:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def environment(address: str, port: int) -> dict[str, str]:
    """What the processes see: production's behaviour, but over plain http on this machine only."""
    return {
        **os.environ,
        "PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
        "DEBUG": "0",
        "INSECURE_HTTP": "1",
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": address,
        "VAR_DIR": str(VAR),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def secret_key() -> str:
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
    if not path.read_text():
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def prepare(processes: Processes) -> None:
    """Every step may be repeated, so a first run that was cut off goes on where it was."""
    print("Preparing the database", flush=True)
    processes.finish("migrate", "python manage.py migrate --noinput", "The database could not be prepared")
    processes.finish("migrate", "python manage.py createcachetable", "The database could not be prepared")
    stamp, state = VAR / "static.stamp", static_state()
    if not stamp.exists() or stamp.read_text() != state:
        processes.finish(
            "collectstatic",
            "python manage.py collectstatic --noinput",
            "The static files could not be collected",
        )
        stamp.write_text(state)
    print("Loading the demonstration programme", flush=True)
    processes.finish(
        "load_demo", "python manage.py load_demo", "The demonstration programme could not be loaded"
    )


def static_state() -> str:
    """Changes whenever a static file, a package that brings some, or the way they are stored does."""
    files = [
        ROOT / "requirements.txt",
        ROOT / "closedloop/settings.py",
        *sorted((ROOT / "static").rglob("*")),
    ]
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files if path.is_file()]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def wait_until_ready(processes: Processes, address: str) -> None:
    end = time.monotonic() + READY_WITHIN
    while True:
        for name in processes.ended():
            raise DemoError(f"The process {name} did not start; the reason is in {shown(log(name))}.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise DemoError(
                    f"The portal does not answer; the reason is in {shown(log('web'))}."
                ) from None
        time.sleep(0.2)


def run(port: int, *, afresh: bool) -> None:
    address = f"http://127.0.0.1:{port}"
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    with alone(address):
        if afresh:
            reset()
        processes = Processes(environment(address, port))
        try:
            if not ("DATABASE_URL" in os.environ and "REDIS_URL" in os.environ):
                print("Starting PostgreSQL and Valkey", flush=True)
                embedded.start()
            prepare(processes)
            print("Starting the processes", flush=True)
            for line in (ROOT / "Procfile").read_text().splitlines():
                name, _, command = line.partition(":")
                processes.start(name, command.strip())
            wait_until_ready(processes, address)
            logins = processes.finish(
                "load_demo", "python manage.py load_demo --logins", "The logins could not be listed"
            )
            print(f"\n{logins.rstrip()}\n\nThe portal is ready at {address}/ . Logs: {shown(VAR / 'log')}/")
            print("Ctrl-C stops everything.", flush=True)
            while True:
                time.sleep(1)
                for name in processes.ended():
                    processes.restart(name)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # once is enough; the end must not be cut short
            with contextlib.suppress(OSError):  # the terminal may be gone
                print("\nStopping", flush=True)
            processes.stop()
            embedded.stop()


def raise_stopped(number, frame):
    raise Stopped


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true")
    arguments = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, raise_stopped)
    try:
        run(arguments.port, afresh=arguments.reset)
    except Stopped:
        return 0
    except (DemoError, embedded.EmbeddedError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
