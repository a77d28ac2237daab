"""Update, check or compile the English catalogues."""

from django.core.management.base import BaseCommand, CommandError

from closedloop.core import translations


class Command(BaseCommand):
    help = (
        "Bring the English catalogues in step with the code; --check judges, --compile writes the .mo files."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "catalogues", nargs="*", metavar="catalogue", help="participants, closedloop …; default: all"
        )
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 and name what is missing"
        )
        parser.add_argument("--compile", action="store_true", help="write the .mo files")

    def handle(self, *args, catalogues, check, **options):
        names = catalogues or translations.CATALOGUES
        try:
            self.work(names, check, options["compile"])
        except SyntaxError as error:  # a template whose translation block holds another tag
            raise CommandError(str(error)) from error

    def work(self, names, check, compiles):
        if check:
            found = [problem for name in names for problem in translations.problems(name)]
            for problem in found:
                self.stdout.write(str(problem))
            if found:
                self.stderr.write(f"{len(found)} to do. `manage.py translations` updates the catalogues.")
                raise SystemExit(1)
            return
        for name in names:
            if compiles:
                path = translations.compile_catalogue(name)
                self.stdout.write(f"{name}: {'compiled' if path else 'no catalogue'}")
            else:
                changed = translations.update(name)
                lacking = sum(problem.what == "no English words" for problem in translations.problems(name))
                self.stdout.write(
                    f"{name}: {'updated' if changed else 'unchanged'}, {lacking} without English words"
                )
