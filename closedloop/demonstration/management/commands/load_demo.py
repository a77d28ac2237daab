"""The demonstration programme, for script/demo and for whoever tries the portal out."""

from datetime import date, datetime, time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from closedloop.demonstration.ended_papers import end_some
from closedloop.demonstration.loading import is_loaded, load
from closedloop.demonstration.papers import hand_out
from closedloop.demonstration.people import logins
from closedloop.demonstration.show import WIB

MORNING = time(9, 40)


class Command(BaseCommand):
    help = "Load the demonstration programme (invented companies and people); does nothing when it is there."

    def add_arguments(self, parser):
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day on which the story ends, at 09.40 WIB; by default now",
        )
        parser.add_argument("--logins", action="store_true", help="print one login per role and load nothing")

    def handle(self, *args, today, verbosity, **options):
        if not (settings.DEBUG or settings.INSECURE_HTTP):
            raise CommandError(
                "The demonstration has accounts with a known password, so it is loaded only where DEBUG or "
                "INSECURE_HTTP is on."
            )
        if options["logins"]:
            self.print_logins()
        elif is_loaded():
            self.stdout.write("Program demonstrasi sudah termuat.")
        else:
            load(datetime.combine(today, MORNING, WIB) if today else timezone.now())
            if not today:  # papers are of the present
                end_some(hand_out())
            if verbosity:
                self.stdout.write("Program demonstrasi termuat.")

    def print_logins(self):
        rows = [("Peran", "Nama", "Email", "Kata sandi"), *logins()]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        for row in rows:
            self.stdout.write(
                "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
            )
