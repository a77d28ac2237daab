"""script/demo says plainly what stands in its way, and leaves nothing behind when it stops."""

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from closedloop import embedded
from script import run_demo

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def own_var(place, monkeypatch):
    (place / "log").mkdir()
    monkeypatch.setenv("VAR_DIR", str(place))
    monkeypatch.setattr(run_demo, "VAR", place)
    for name in ("DATABASE_URL", "REDIS_URL", "DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return place


def demo(*arguments):
    return subprocess.run([ROOT / "script/demo", *arguments], capture_output=True, text=True, timeout=60)


def test_a_port_in_use_is_refused_with_another_one_to_try():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        done = demo("--port", str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(
        rf"Port {port} is in use by another program\. Try: script/demo --port \d+\n", done.stderr
    )


@pytest.mark.parametrize("arguments", [("--port", "eighty"), ("--port", "0"), ("--port",), ("--help-me",)])
def test_wrong_arguments_are_refused_in_one_sentence(arguments):
    done = demo(*arguments)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_a_second_demonstration_on_the_same_data_is_refused(own_var):
    with (own_var / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("http://127.0.0.1:8000")
        lock.flush()
        done = subprocess.run(
            [sys.executable, "-m", "script.run_demo"], cwd=ROOT, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert done.stderr == "The demonstration is already running at http://127.0.0.1:8000.\n"


@pytest.mark.slow
def test_a_failing_step_is_named_with_its_log_and_no_traceback(own_var, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1")
    done = subprocess.run([sys.executable, "-m", "script.run_demo"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == (
        f"The database could not be prepared; the reason is in {own_var / 'log/migrate.log'}.\n"
    )
    assert (own_var / "log/migrate.log").stat().st_size > 0


@pytest.mark.slow
def test_a_process_that_ends_is_restarted_until_it_ends_too_often(own_var):
    processes = run_demo.Processes(dict(os.environ))
    processes.start("short", "false")
    with pytest.raises(run_demo.DemoError, match="short keeps ending"):
        for _ in range(run_demo.RESTARTS_PER_MINUTE + 1):
            processes.running["short"].wait()
            assert processes.ended() == ["short"]
            processes.restart("short")


@pytest.mark.slow
def test_stopping_ends_the_stubborn_and_their_children(own_var, monkeypatch):
    monkeypatch.setattr(run_demo, "STOP_WITHIN", 0.5)
    processes = run_demo.Processes(dict(os.environ))
    process = processes.start("stubborn", "sh -c 'trap \"\" TERM; sleep 60 & sleep 60; true'")
    time.sleep(0.3)
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert len(family) >= 2
    processes.stop()
    time.sleep(0.2)
    assert not [member for member in family if lives(member)]


def lives(process):
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


def processes_of(var_dir):
    """Every process that works with this data folder, by its environment or the folder it stands in."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            of_demo = process.environ().get("VAR_DIR") == str(var_dir) and process.pid != os.getpid()
            if lives(process) and (of_demo or Path(process.cwd()).is_relative_to(var_dir)):
                found.append(process)
    return found


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def running_demo(port, number):
    """Start it, wait until it says so, hand over what it printed in how many seconds; then stop it by a signal."""
    started = time.monotonic()
    command = [ROOT / "script/demo", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        printed = []
        for line in process.stdout:
            printed.append(line)
            if line.startswith("Ctrl-C"):
                break
        else:
            pytest.fail(f"the demonstration did not start: {''.join(printed)}")
        try:
            yield "".join(printed), time.monotonic() - started
        finally:
            process.send_signal(number)
            process.wait(60)
        assert process.returncode == 0


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_whole_demonstration_starts_twice_and_leaves_nothing(own_var, number):
    port = free_port()
    with running_demo(port, number) as (printed, _):
        assert f"http://127.0.0.1:{port}/" in printed
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
    assert processes_of(own_var) == []

    with running_demo(port, number) as (_, seconds):
        assert seconds < 15
    assert processes_of(own_var) == []
    assert not embedded.is_running()
