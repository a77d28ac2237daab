"""A believable programme of any size, for benchmarks and for trying out a full register."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from closedloop.demonstration.generated.programme import generate, is_generated


class Command(BaseCommand):
    help = "Add invented enterprises, with all that hangs on them and all that is missing; the seed decides which."

    def add_arguments(self, parser):
        parser.add_argument("--enterprises", type=int, required=True, metavar="N")
        parser.add_argument(
            "--seed", type=int, default=1, metavar="S", help="another seed, other enterprises"
        )

    def handle(self, *args, enterprises, seed, verbosity, **options):
        if not (settings.DEBUG or settings.INSECURE_HTTP):
            raise CommandError("Invented enterprises are added only where DEBUG or INSECURE_HTTP is on.")
        if not 0 < enterprises <= 1_000_000 or seed < 0:
            raise CommandError("Ask for 1 to 1,000,000 enterprises and a seed that is not negative.")
        if is_generated(seed):
            raise CommandError(f"The programme of seed {seed} is there already. Choose another seed.")
        rows = generate(enterprises, seed=seed, today=timezone.localdate())
        if verbosity:
            self.stdout.write(" ".join(f"{name}={count}" for name, count in rows.items()))
