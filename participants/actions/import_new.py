"""Register the new enterprises of an import, many at a time.

What register_enterprise, enrol and move_enrolment leave for one enterprise, these leave for a thousand in a few
statements: the same rows and the same events, to which a test holds the two. What forms check was checked
when the rows were read; what two imports at once could break, the database refuses.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record_many
from closedloop.core.copying import copy_in
from closedloop.core.models import new_code
from participants.actions.import_values import (
    Codes,
    annual_figure_of,
    consent_of,
    contact_of,
    enterprise_of,
)
from participants.actions.reference import kbli_of
from participants.models import (
    AnnualFigure,
    Consent,
    Enrolment,
    EnrolmentMove,
    Enterprise,
    EnterpriseKbli,
    ImportBatch,
    ImportRow,
    Kbli,
    Person,
    Product,
)

Status = Enrolment.Status
LONGEST_PRODUCT = 160


class Newcomers:
    """Enterprises to be registered, with all that belongs to them, collected table by table."""

    def __init__(self, batch: ImportBatch, *, by: User | None):
        self.batch = batch
        self.by = by
        self.codes = Codes()
        self.kbli: dict[str, Kbli] = {}
        self.today = timezone.localdate()
        self.rows: dict[type[models.Model], list[dict[str, Any]]] = defaultdict(list)
        self.acts: list[tuple[str, models.Model, dict]] = []

    def register(self, rows: Sequence[ImportRow]) -> None:
        """Write the enterprises of these rows, and to the rows which enterprise they became."""
        for row, code in zip(rows, free_codes(len(rows)), strict=True):
            row.enterprise = self.collect(row.values, code)
        for model, values in self.rows.items():
            copy_in(model, values)
        record_many(self.acts, by=self.by)
        link(rows)
        self.rows.clear()
        self.acts.clear()

    def add(self, record: models.Model) -> Any:
        self.rows[type(record)].append(vars(record))
        return record

    def trace(self, verb: str, target: models.Model, **data: Any) -> None:
        self.acts.append((verb, target, data))

    def collect(self, values: dict[str, Any], code: str) -> Enterprise:
        """Make the records of one enterprise, in the order in which a person would enter them."""
        enterprise = self.add(
            Enterprise(code=code, updated_at=timezone.now(), **enterprise_of(values, self.codes))
        )
        self.collect_activities(enterprise, values)
        self.trace("enterprise.registered", enterprise, source=self.batch.file_name)
        person = self.collect_person(enterprise, contact_of(values))
        self.collect_figure(enterprise, annual_figure_of(values, self.batch))
        self.collect_consent(enterprise, person, consent_of(values, self.batch))
        self.collect_enrolment(enterprise)
        return enterprise

    def collect_activities(self, enterprise: Enterprise, values: dict[str, Any]) -> None:
        if code := values["kbli"]:
            kbli = self.kbli.get(code) or self.kbli.setdefault(code, kbli_of(code))
            self.add(EnterpriseKbli(enterprise_id=enterprise.pk, kbli_id=kbli.pk, is_primary=True))
        names = dict.fromkeys(" ".join(name.split())[:LONGEST_PRODUCT] for name in values["products"])
        for name in names:
            self.add(Product(enterprise_id=enterprise.pk, name=name))
        for process in self.codes.processes_of(values):
            self.add(Enterprise.processes.through(enterprise_id=enterprise.pk, process_id=process.pk))

    def collect_person(self, enterprise: Enterprise, contact: dict[str, Any] | None) -> Person | None:
        if contact is None:
            return None
        person = self.add(Person(enterprise_id=enterprise.pk, is_primary=True, **contact))
        self.trace("person.added", person, position=str(contact["position"]))
        return person

    def collect_figure(self, enterprise: Enterprise, told: dict[str, Any] | None) -> None:
        if told is None:
            return
        year, source = told["year"], told["source"]
        numbers = {name: told[name] for name in ("annual_sales", "employee_count") if told[name] is not None}
        figure = self.add(AnnualFigure(enterprise=enterprise, year=year, is_baseline=True, **numbers))
        differences = changes(dict.fromkeys(numbers), numbers)
        self.trace("annualfigure.recorded", figure, year=year, changes=differences, source=source)

    def collect_consent(self, enterprise: Enterprise, person: Person | None, given: dict[str, Any]) -> None:
        given["given_at"] = given["given_at"] or timezone.now()
        purpose = Consent.Purpose.TRAINING
        consent = self.add(Consent(enterprise=enterprise, person=person, purpose=purpose, **given))
        text = {"text_version": given["text_version"], "channel": given["channel"]}
        self.trace("consent.given", consent, purpose=str(purpose), **text)

    def collect_enrolment(self, enterprise: Enterprise) -> None:
        """Applicant and registered at once: who stands in the office's sheet has been selected."""
        enrolment = self.add(
            Enrolment(
                enterprise=enterprise,
                cohort=self.batch.cohort,
                status=Status.REGISTERED,
                status_since=self.today,
            )
        )
        before = ""
        for after in (Status.APPLICANT, Status.REGISTERED):
            move = {"before": before, "after": after, "on": self.today, "by": self.by}
            self.add(EnrolmentMove(enrolment_id=enrolment.pk, **move))
            before = after
        self.trace("enrolment.applicant", enrolment)
        self.trace("enrolment.registered", enrolment, before=str(Status.APPLICANT))


def free_codes(count: int) -> Iterator[str]:
    """Yield that many codes no enterprise has.

    Of fifty thousand random codes two are the same three times in four, so each is asked for.
    """
    found: set[str] = set()
    while missing := count - len(found):
        fresh = {new_code() for _number in range(missing)} - found
        fresh -= set(Enterprise.with_merged.filter(code__in=fresh).values_list("code", flat=True))
        found |= fresh
        yield from fresh


def link(rows: Sequence[ImportRow]) -> None:
    """Write to the rows which enterprise each became."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE participants_importrow SET enterprise_id = linked.enterprise"
            " FROM unnest(%s::uuid[], %s::uuid[]) AS linked (id, enterprise)"
            " WHERE participants_importrow.id = linked.id",
            [[row.pk for row in rows], [row.enterprise_id for row in rows]],
        )
