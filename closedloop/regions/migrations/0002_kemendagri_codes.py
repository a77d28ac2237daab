"""The 38 provinces and 514 regencies of Kepmendagri 300.2.2-2138/2025, from the files beside this app."""

import csv
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(apps, schema_editor):
    """Safe to run twice: a code that is there already gets the name of the file."""
    Province = apps.get_model("regions", "Province")
    Regency = apps.get_model("regions", "Regency")
    Province.objects.bulk_create(
        [Province(**row) for row in read("provinces.csv")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "iso", "time_zone"],
    )
    Regency.objects.bulk_create(
        [Regency(province_id=row["code"][:2], **row) for row in read("regencies.csv")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind"],
    )


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_regions")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
