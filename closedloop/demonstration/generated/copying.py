"""Rows into the database by COPY, many times as fast as INSERT; every constraint still judges them."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.db import connection, models

# rows to a parcel: memory stays small however many there are
PARCEL = 20_000


class Copier:
    """Collects unsaved instances of any models and copies them in parcels, in the order the models are named."""

    def __init__(self, *order: type[models.Model]):
        self.waiting: dict[type[models.Model], list[models.Model]] = {model: [] for model in order}
        self.copied = dict.fromkeys(order, 0)

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self.waiting[type(row)].append(row)

    def flush(self, *, least: int = PARCEL) -> None:
        """Copy what waits, once some model has at least so many rows; parents are copied before their children."""
        if all(len(rows) < least for rows in self.waiting.values()):
            return
        for model, rows in self.waiting.items():
            if rows:
                copy(model, rows)
                self.copied[model] += len(rows)
                rows.clear()


def copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write the rows just as the instances are: what saving would set by itself must be set already."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    buffer = StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([written(getattr(row, field.attname)) for field in fields])
    buffer.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(
            f"COPY \"{model._meta.db_table}\" ({columns}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", buffer
        )


def written(value) -> object:
    """Return the value as CSV holds it; an empty text is not NULL."""
    return r"\N" if value is None else value
