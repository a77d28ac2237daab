"""What the row of an import says, as keywords of the writes to the registry."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from closedloop.regions.models import Regency
from participants.actions.import_check import PLAIN_FIELDS
from participants.actions.vocabulary import vocabulary
from participants.models import ImportBatch, Person, Process
from participants.workers import workers


class Codes:
    """The codes that rows refer to, read once for all of them."""

    def __init__(self) -> None:
        self.words = vocabulary()
        self.processes = {process.code: process for process in Process.objects.all()}
        self.regencies = Regency.objects.in_bulk()

    def processes_of(self, values: dict[str, Any]) -> list[Process]:
        codes = {code for word in values["processes"] if (code := self.words.process(word))}
        return [process for code, process in self.processes.items() if code in codes]


def enterprise_of(values: dict[str, Any], codes: Codes) -> dict[str, Any]:
    """Return the fields of a new Enterprise."""
    # with a contact, telephone and email are theirs; otherwise they are the only way to reach the enterprise
    reached = {"phone": values["phone"] or "", "email": values["email"]} if not contact_of(values) else {}
    plain = {name: values[name] for name in PLAIN_FIELDS}
    return plain | reached | {"regency": codes.regencies[values["regency_code"]]}


def contact_of(values: dict[str, Any]) -> dict[str, Any] | None:
    """Return the keywords of add_person, or None when the row names nobody."""
    if not values["owner_name"]:
        return None
    return {
        "full_name": values["owner_name"],
        "position": Person.Position.OWNER,
        "phone": values["phone"] or "",
        "email": values["email"],
    }


def annual_figure_of(values: dict[str, Any], batch: ImportBatch) -> dict[str, Any] | None:
    """Return the keywords of record_annual_figure; without a year above the column there is no figure."""
    year = values["annual_sales_year"]
    if not year:
        return None
    return {
        "year": year,
        "annual_sales": values["annual_sales"],
        "employee_count": workers(values["employees_male"], values["employees_female"]),
        "source": batch.file_name,
    }


def consent_of(values: dict[str, Any], batch: ImportBatch) -> dict[str, Any]:
    """Return the keywords of give_consent: the office's form stands for a text of the cohort's own."""
    return {
        "channel": "Formulir pendaftaran",
        "text_version": batch.cohort.code,
        "language": "id",
        "given_at": moment_of(values["timestamp"]),
    }


def moment_of(timestamp: str | None) -> datetime | None:
    """Return the moment a form was filled in, by the clocks of Jakarta; one in the future is none."""
    if not timestamp:
        return None
    moment = timezone.make_aware(datetime.fromisoformat(timestamp))
    return moment if moment <= timezone.now() else None
