"""One report, in the foreground: the same snapshot, template and renderer as the queue uses."""

from pathlib import Path
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from closedloop.core.letterhead import letterhead
from closedloop.reports import kinds
from closedloop.reports.libraries import MissingLibrary, require_libraries
from closedloop.reports.models import Kind
from closedloop.reports.work import ReportDataError


class Command(BaseCommand):
    help = "Renders one report to a file. It is not stored in the portal and carries no verification code."

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help=", ".join(Kind.values))
        parser.add_argument("subject", metavar="ID", help='code or id; "all" for programme')
        parser.add_argument("--output", required=True, metavar="FILE")
        parser.add_argument("--language", choices=["id", "en"], default="id")

    def handle(self, *, kind, subject, output, language, **options):
        if kind not in Kind.values:
            raise CommandError(f'There is no kind "{kind}"; write one of {", ".join(Kind.values)}.')
        target = Path(output)
        if not target.parent.is_dir():
            raise CommandError(f"The folder {target.parent} does not exist.")
        try:
            require_libraries()
        except MissingLibrary as error:
            raise CommandError(str(error)) from error
        from closedloop.reports import pdf  # slow import

        maker = kinds.KINDS[kind]
        with translation.override(language):
            subjects = [find(maker, subject)]
            (snapshot,) = maker.snapshots(subjects, language=language, by=None, as_of=timezone.now())
            snapshot = kinds.identified(snapshot, maker.PREFIX, None, "", letterhead())
            try:
                rendered = pdf.render(snapshot)
            except ReportDataError as error:
                raise CommandError(str(error)) from error
        try:
            target.write_bytes(rendered.content)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{target}: {rendered.pages} pages, {len(rendered.content):,} bytes")


def find(maker, subject: str):
    """Return the record a report is about, by code or id."""
    if maker.KIND == Kind.PROGRAMME:
        if subject != "all":
            raise CommandError('The programme report has one subject: write "all".')
        return maker.PROGRAMME
    rows = maker.everything()
    found = rows.filter(code__iexact=subject).first()
    if found is None:
        try:
            found = rows.filter(pk=UUID(subject)).first()
        except (ValueError, ValidationError):
            found = None
    if found is None:
        raise CommandError(f'There is no {maker.KIND} with the code or id "{subject}".')
    return found
