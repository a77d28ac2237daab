"""Give known enterprises what the rows of an import add to them."""

from typing import Any

from closedloop.accounts.models import User
from participants.actions.cohorts import enrol, move_enrolment
from participants.actions.enterprises import update_enterprise
from participants.actions.import_check import PLAIN_FIELDS
from participants.actions.import_values import Codes, annual_figure_of, contact_of
from participants.actions.people import add_person
from participants.actions.yearly import record_annual_figure
from participants.models import Enrolment, Enterprise, ImportBatch, ImportRow


def update_from_row(
    row: ImportRow, enterprise: Enterprise, batch: ImportBatch, *, by: User | None, codes: Codes
) -> None:
    """Give an enterprise what its row adds to it; what the preview did not show is not touched."""
    changes, values = row.values["changes"], row.values
    fields: dict[str, Any] = {
        name: values[name] for name in (*PLAIN_FIELDS, "kbli", "products") if name in changes
    }
    if "regency" in changes:
        fields["regency"] = codes.regencies[values["regency_code"]]
    if "processes" in changes:
        fields["processes"] = codes.processes_of(values)
    if fields:
        update_enterprise(enterprise, by=by, source=batch.file_name, **fields)
        enterprise.refresh_from_db(fields=["version"])
    update_figure(enterprise, batch, values, by=by)
    if "person" in changes and (contact := contact_of(values)):
        add_person(enterprise, by=by, **contact)
    if "cohort" in changes:
        enrolment = enrol(enterprise, batch.cohort, by=by)
        move_enrolment(enrolment, Enrolment.Status.REGISTERED, by=by)


def update_figure(
    enterprise: Enterprise, batch: ImportBatch, values: dict[str, Any], *, by: User | None
) -> None:
    """Record the sales of the year if the preview showed them; of a year on record only they are touched."""
    figure = annual_figure_of(values, batch)
    if figure is None or f"annual_sales:{figure['year']}" not in values["changes"]:
        return
    if enterprise.annual_figures.filter(year=figure["year"]).exists():
        figure["employee_count"] = None
    record_annual_figure(enterprise, by=by, **figure)
