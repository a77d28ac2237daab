"""Writes to what an enterprise reports for a year."""

from django.db import transaction

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from participants.actions.standing import hold
from participants.actions.versions import next_version
from participants.models import AnnualFigure, Enterprise


@transaction.atomic
def record_annual_figure(
    enterprise: Enterprise,
    *,
    by: User | None,
    year: int,
    annual_sales: int | None = None,
    employee_count: int | None = None,
    source: str = "",
) -> AnnualFigure:
    """Record what an enterprise reports for a year; the first year recorded is its baseline.

    A figure that is None is not known and leaves a known one as it is. Whole Rupiah, net of PPN.
    """
    hold(enterprise)
    figure = AnnualFigure.objects.filter(enterprise=enterprise, year=year).first()
    if figure is None:
        is_first = not AnnualFigure.objects.filter(enterprise=enterprise).exists()
        figure = AnnualFigure(enterprise=enterprise, year=year, is_baseline=is_first)
    told = {"annual_sales": annual_sales, "employee_count": employee_count}
    told = {name: value for name, value in told.items() if value is not None}
    before = {name: getattr(figure, name) for name in told}
    for name, value in told.items():
        setattr(figure, name, value)
    figure.full_clean(validate_constraints=False)
    differences = changes(before, told)
    if differences or figure._state.adding:
        figure.save()
        next_version(enterprise)
        origin = {"source": source} if source else {}
        record("annualfigure.recorded", figure, by=by, year=year, changes=differences, **origin)
    return figure
