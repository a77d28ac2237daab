"""Codes that ship with the portal: activities and processes."""

import csv
from pathlib import Path

from django.db import transaction

from participants.actions.baseline import load_indicators
from participants.models import Kbli, Process

DATA = Path(__file__).resolve().parent.parent / "data"
UNKNOWN_TITLE = "Belum dikenal"


@transaction.atomic
def load_reference() -> None:
    """Load the codes the registry needs. Safe to run twice: a title that was changed by hand is kept."""
    load_kbli()
    load_processes()
    load_indicators()


@transaction.atomic
def load_kbli() -> int:
    """Load the seed list of KBLI 2020 (domain.md §7.2) and return how many codes were new.

    A code that an import met before the list did is given its title.
    """
    titles = {row["code"]: row["title"] for row in rows_of("kbli-2020.csv")}
    known = set(Kbli.objects.filter(version=Kbli.Version.V2020).values_list("code", flat=True))
    created = Kbli.objects.bulk_create(
        Kbli(code=code, title=title) for code, title in titles.items() if code not in known
    )
    for kbli in Kbli.objects.filter(code__in=titles, version=Kbli.Version.V2020, title=UNKNOWN_TITLE):
        kbli.title = titles[kbli.code]
        kbli.save(update_fields=["title"])
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
