"""Import a registration workbook from the command line; the same code as the import on the web."""

import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from participants.actions import preview_import, save_import
from participants.models import Cohort, ImportBatch, ImportRow
from participants.sheets import problem_sheet
from participants.workbook import UnreadableWorkbook

Outcome = ImportRow.Outcome
SUMMARY = {
    "created": Outcome.NEW,
    "updated": Outcome.CHANGED,
    "unchanged": Outcome.SAME,
    "duplicates": Outcome.DUPLICATE,
    "possible_duplicates": Outcome.POSSIBLE_DUPLICATE,
    "errors": Outcome.ERROR,
}


class Command(BaseCommand):
    help = "Import a registration workbook (.xlsx) into a cohort. Exit 1 when some rows were refused."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--cohort", required=True, metavar="CODE", help="code of the cohort")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="write the refused rows there")

    def handle(self, *, file: Path, cohort: str, dry_run: bool, errors: Path | None, **options):
        with transaction.atomic():
            batch = self.preview(file, cohort)
            if not dry_run:
                save_import(batch, by=None)
            for problems in batch.rows.refused().values_list("problems", flat=True).iterator(1000):
                for problem in problems:
                    if not problem["is_warning"]:
                        self.stdout.write(self.line(problem))
            if errors:
                self.write(errors, batch)
            counts = batch.counts()
            transaction.set_rollback(dry_run)
        numbers = " ".join(f"{name}={counts[outcome]}" for name, outcome in SUMMARY.items())
        self.stdout.write(f"rows={sum(counts.values())} {numbers}")
        if any(counts[outcome] for outcome in ImportRow.REFUSED):
            sys.exit(1)

    def preview(self, file: Path, code: str) -> ImportBatch:
        """Return the checked batch, or stop with a sentence that says what is wrong with the call."""
        cohort = Cohort.objects.filter(code=code).first()
        if cohort is None:
            known = ", ".join(Cohort.objects.values_list("code", flat=True)) or "belum ada"
            raise CommandError(f"Angkatan {code} tidak ada. Angkatan yang ada: {known}.", returncode=2)
        try:
            return preview_import(file, cohort, by=None, file_name=file.name)
        except OSError as error:
            raise CommandError(f"{file} tidak dapat dibuka: {error.strerror}.", returncode=2) from error
        except UnreadableWorkbook as error:
            raise CommandError(f"{file.name}: {error}", returncode=2) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error

    def write(self, path: Path, batch: ImportBatch) -> None:
        try:
            path.write_bytes(problem_sheet(batch))
        except OSError as error:
            raise CommandError(f"{path} tidak dapat ditulis: {error.strerror}.", returncode=2) from error

    def line(self, problem: dict) -> str:
        """Return a refused cell on one line: row, column, value, cure."""
        column = f"{problem['column'] or '-'} ({problem['header'] or problem['field']})"
        return f'baris {problem["sheet_row"]}, kolom {column}, isi "{problem["value"]}": {problem["message"]}'
