"""Keep the work flowing: the sweeper refills the broker from PostgreSQL. Two sweepers at once do no harm."""

import logging
import select
import signal
import socket
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from closedloop.core.models import Heartbeat
from closedloop.core.queues import SWEEPER
from closedloop.notifications.actions import send_outbox
from closedloop.reports import artefacts, dispatch, work
from participants import import_queue
from participants.actions import import_expiry

logger = logging.getLogger("closedloop.sweep")

EVERY = 5  # seconds between rounds when nothing wakes the sweeper
SIGN_EVERY = 20  # seconds between questions to the workers


class Command(BaseCommand):
    help = "Publishes waiting work, takes back what was lost, sends mails. Runs until it is told to stop."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="one round, then exit")

    def handle(self, *, once, **options):
        if once:
            sweep()
            return
        stop = StopSignal()
        asked_at = 0.0
        self.stdout.write(f"Sweeping every {EVERY} s.")
        while not stop.came:
            try:
                listen()
                sweep()
                if time.monotonic() - asked_at >= SIGN_EVERY:
                    dispatch.ask_for_a_sign()
                    asked_at = time.monotonic()
                wait(stop, connection.connection)
            except (DatabaseError, InterfaceError) as error:
                logger.warning("the database is away: %s", error)
                connection.close()
                wait(stop)
        self.stdout.write("Stopped.")


class StopSignal:
    """Remembers SIGTERM and SIGINT, and wakes whoever waits on its socket."""

    def __init__(self):
        self.came = False
        self.socket, wake = socket.socketpair()
        self.socket.setblocking(False)
        wake.setblocking(False)
        self.wake = wake  # kept: the signal writes into it
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.note)

    def note(self, *_signal):
        self.came = True


def listen() -> None:
    """Ask the database to wake us when a job comes; saying it twice changes nothing."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN jobs")


def wait(stop: StopSignal, raw=None) -> None:
    """Sleep until the next round, a job, or a signal."""
    sources = [stop.socket] if raw is None else [stop.socket, raw]
    ready, _write, _error = select.select(sources, [], [], EVERY)
    if raw is not None and raw in ready:
        raw.poll()
        raw.notifies.clear()


def sweep() -> None:
    """Do one round. What fails in one part does not keep the others from their turn, except the database."""
    Heartbeat.beat(SWEEPER)
    work.release_expired()
    dispatch.publish_due()
    artefacts.remove_stale_drafts()
    import_queue.release_expired()
    import_queue.publish_due(dispatch.broker)
    import_expiry.discard_expired()
    try:
        import_expiry.remove_files()
    except OSError as error:  # the storage is away; the rows remember their files
        logger.warning("files of imports wait to be removed: %s", error)
    try:
        send_outbox()
    except OSError as error:  # the mail server is away; the rows wait
        logger.warning("mail waits: %s", error)
