"""Codes that ship with the portal: activities and processes; and how applications are judged."""

import csv
import json
from pathlib import Path

from django.db import transaction

from participants.actions.baseline import load_indicators
from participants.models import Kbli, Process, SelectionForm

DATA = Path(__file__).resolve().parent.parent / "data"
UNKNOWN_TITLE = "Belum dikenal"


@transaction.atomic
def load_reference() -> None:
    """Load the codes the registry needs. Safe to run twice: a title that was changed by hand is kept."""
    load_kbli()
    load_processes()
    load_indicators()
    load_selection_form()


@transaction.atomic
def load_kbli() -> int:
    """Load the seed list of KBLI 2020 (domain.md §7.2) and return how many codes were new.

    A code that an import met before the list did is given its title, and one without everyday words its words;
    words that somebody wrote are kept.
    """
    listed = {row["code"]: row for row in rows_of("kbli-2020.csv")}
    present = Kbli.objects.filter(code__in=listed, version=Kbli.Version.V2020)
    known = {kbli.code: kbli for kbli in present}
    created = Kbli.objects.bulk_create(Kbli(**row) for code, row in listed.items() if code not in known)
    for code, kbli in known.items():
        title = listed[code]["title"] if kbli.title == UNKNOWN_TITLE else kbli.title
        words = kbli.words or listed[code]["words"]
        if (title, words) != (kbli.title, kbli.words):
            kbli.title, kbli.words = title, words
            kbli.save(update_fields=["title", "words"])
    return len(created)


@transaction.atomic
def load_processes() -> int:
    """Load the list of processes and return how many were new."""
    known = set(Process.objects.values_list("code", flat=True))
    created = Process.objects.bulk_create(
        Process(code=row["code"], name=row["name"])
        for row in rows_of("processes.csv")
        if row["code"] not in known
    )
    return len(created)


def kbli_of(code: str) -> Kbli:
    """Return the activity with this KBLI 2020 code; a code nobody knows yet is made, and says so by its title."""
    kbli, _created = Kbli.objects.get_or_create(
        code=code, version=Kbli.Version.V2020, defaults={"title": UNKNOWN_TITLE}
    )
    return kbli


def rows_of(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_selection_form() -> SelectionForm:
    """Publish the shipped criteria, an example for the programme to replace; a version that is there stays."""
    shipped = json.loads((DATA / "selection-1.json").read_text(encoding="utf-8"))
    form, _created = SelectionForm.objects.get_or_create(
        version=shipped.pop("version"), defaults={**shipped, "is_example": True}
    )
    return form
