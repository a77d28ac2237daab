"""Send the same request twice into the same past: same clock, same ids, same random codes.

So two answers can be compared row by row, and whatever differs was caused by what was sent.
"""

import json
import random
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import time_machine
from django.db import connection
from django.forms import BaseForm
from django.http import QueryDict
from django.utils import timezone

import closedloop.core.models
from tests.guards.walk import tables


@dataclass
class Past:
    """A moment to which a test comes back."""

    moment: datetime = field(default_factory=timezone.now)
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        """Read from the sequences themselves: pg_sequences knows no number of one that was wound back."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) FROM pg_sequences"
            )
            cursor.execute(
                " UNION ALL ".join(
                    f"SELECT '{name}', last_value + is_called::int FROM {name}"
                    for (name,) in cursor.fetchall()
                )
            )
            self.numbers = dict(cursor.fetchall())

    def wind_back_sequences(self) -> None:
        """Let every sequence give the numbers that it would have given then; no undoing takes those back."""
        with connection.cursor() as cursor:
            for name, number in self.numbers.items():
                cursor.execute("SELECT setval(%s, %s, false)", [name, number])

    @contextmanager
    def again(self, monkeypatch, settings, folder: Path) -> Iterator[None]:
        """Stop the clock and make chance repeat itself; files go to a folder of this run's own."""
        chance = random.Random(20_261_124)
        settings.MEDIA_ROOT = folder
        self.wind_back_sequences()
        with monkeypatch.context() as patch, time_machine.travel(self.moment, tick=False):
            patch.setattr(secrets, "choice", chance.choice)
            patch.setattr(secrets, "token_hex", lambda size=16: chance.randbytes(size).hex())
            patch.setattr(secrets, "token_urlsafe", lambda size=16: chance.randbytes(size).hex())
            patch.setattr(
                closedloop.core.models, "uuid7", lambda: uuid.UUID(int=chance.getrandbits(128), version=4)
            )
            yield


def rows() -> dict[str, list[dict]]:
    """{table: rows} of everything, without the row numbers that a sequence gives and no undoing takes back."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            if not table.startswith("regions_"):
                cursor.execute(f"SELECT coalesce(json_agg(t), '[]') FROM \"{table}\" t")
                kept = [
                    {name: value for name, value in row.items() if name != "id" or isinstance(value, str)}
                    for row in cursor.fetchone()[0]
                ]
                found[table] = sorted(kept, key=lambda row: json.dumps(row, sort_keys=True))
    return found


def differences(first: dict[str, list[dict]], second: dict[str, list[dict]]) -> list[str]:
    """`table: row` for each row that only one of the two has."""
    found = []
    for table in first:
        ones = [json.dumps(row, sort_keys=True) for row in first[table]]
        others = [json.dumps(row, sort_keys=True) for row in second[table]]
        found += [f"{table}: - {row[:300]}" for row in ones if row not in others]
        found += [f"{table}: + {row[:300]}" for row in others if row not in ones]
    return found


class Readings:
    """Which names of what was posted a request read, and which forms it made."""

    def __init__(self):
        self.names: set[str] = set()
        self.forms: list[BaseForm] = []

    @contextmanager
    def taken(self, monkeypatch) -> Iterator["Readings"]:
        get_item, get_list, contains = QueryDict.__getitem__, QueryDict.getlist, QueryDict.__contains__
        make = BaseForm.__init__

        def read(method):
            def reading(query, key, *args, **options):
                self.names.add(key)
                return method(query, key, *args, **options)

            return reading

        def making(form, *args, **options):
            make(form, *args, **options)
            self.forms.append(form)

        with monkeypatch.context() as patch:
            patch.setattr(QueryDict, "__getitem__", read(get_item))
            patch.setattr(QueryDict, "getlist", read(get_list))
            patch.setattr(QueryDict, "__contains__", read(contains))
            patch.setattr(BaseForm, "__init__", making)
            yield self
