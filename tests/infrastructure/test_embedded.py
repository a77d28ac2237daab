"""The embedded servers start from any state that a crash or an impatient user may leave behind."""

import os
import signal
import subprocess
import sys

import psycopg2
import pytest
import redis

from closedloop import embedded


@pytest.fixture
def own_servers(place, monkeypatch):
    """A data folder of the test's own, never the one the test run itself stands on."""
    monkeypatch.setenv("VAR_DIR", str(place / "var"))
    monkeypatch.setenv("EMBEDDED_FAST", "1")
    yield place / "var"
    embedded.stop()


def query(statement):
    connection = psycopg2.connect(embedded.database_url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def postmaster():
    return int((embedded.postgres_data() / "postmaster.pid").read_text().split()[0])


def test_addresses_follow_from_the_folder_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / ("x" * 200)))
    assert embedded.database_url("other").startswith("postgresql://postgres@/other?host=/tmp/ikm-")
    assert embedded.redis_url() == f"redis+socket://{embedded.valkey_socket()}"
    assert embedded.redis_client_url() == f"unix://{embedded.valkey_socket()}"
    assert len(bytes(embedded.valkey_socket())) < 107
    assert not embedded.is_running()
    assert not embedded.var_dir().exists()


@pytest.mark.slow
def test_starting_and_stopping_twice_is_harmless(own_servers):
    embedded.start()
    first = postmaster()
    embedded.start()
    assert embedded.is_running()
    assert postmaster() == first
    assert query("SELECT current_database()") == "closedloop"
    assert redis.Redis.from_url(embedded.redis_client_url()).config_get("maxmemory-policy") == {
        "maxmemory-policy": "noeviction"
    }
    embedded.stop()
    embedded.stop()
    assert not embedded.is_running()


@pytest.mark.slow
def test_only_the_owner_reaches_the_sockets(own_servers):
    embedded.start()
    assert embedded.socket_dir().stat().st_mode & 0o077 == 0
    assert query("SHOW listen_addresses") == ""


@pytest.mark.slow
def test_killed_servers_come_back_with_their_data(own_servers, monkeypatch):
    monkeypatch.setenv("EMBEDDED_FAST", "0")
    embedded.start()
    query("CREATE TABLE note AS SELECT 'kept' AS text")
    client = redis.Redis.from_url(embedded.redis_client_url())
    os.kill(client.info("server")["process_id"], signal.SIGKILL)
    os.kill(postmaster(), signal.SIGKILL)
    # the worst case: the dead server's number now belongs to a living program of ours
    pid_file = embedded.postgres_data() / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    embedded.start()

    assert query("SELECT text FROM note") == "kept"
    assert embedded.is_running()


@pytest.mark.slow
def test_a_half_made_cluster_is_made_anew(own_servers):
    (own_servers / "postgres/base").mkdir(parents=True)
    (own_servers / "postgres/PG_VERSION").write_text("18\n")
    (own_servers / "postgres.new/global").mkdir(parents=True)
    embedded.start()
    assert query("SELECT 1") == 1
    assert not (own_servers / "postgres.new").exists()


@pytest.mark.slow
def test_two_starts_at_the_same_time(own_servers):
    starts = [
        subprocess.Popen([sys.executable, "-m", "closedloop.embedded", "start"], stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.communicate(timeout=60) and process.returncode for process in starts] == [0, 0]
    assert embedded.is_running()


def test_a_cluster_of_another_version_is_left_alone(own_servers):
    (own_servers / "postgres/global").mkdir(parents=True)
    (own_servers / "postgres/global/pg_control").touch()
    (own_servers / "postgres/PG_VERSION").write_text("9.6\n")
    with pytest.raises(embedded.EmbeddedError, match=r"was made by PostgreSQL 9\.6"):
        embedded.start()
    assert (own_servers / "postgres/PG_VERSION").exists()


def test_what_stands_in_the_way_is_said_in_one_sentence(own_servers, tmp_path):
    embedded.socket_dir().symlink_to(tmp_path)
    try:
        command = [sys.executable, "-m", "closedloop.embedded", "start"]
        done = subprocess.run(command, capture_output=True, text=True)
    finally:
        embedded.socket_dir().unlink()
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().endswith(
        "belongs to someone else; remove it, or set VAR_DIR to another folder."
    )
    assert len(done.stderr.splitlines()) == 1
