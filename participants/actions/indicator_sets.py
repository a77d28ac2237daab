"""New versions of the figures that enterprises are asked for. What is published never changes."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.audit.trail import record
from participants.models import Indicator, IndicatorLine, IndicatorSet
from participants.models.baseline import MOST_INDICATORS
from participants.set_lines import Line, differences
from participants.set_words import lines_of


@transaction.atomic
def publish_indicators(
    lines: Sequence[Line], *, by, name: str, based_on: IndicatorSet, **fields: Any
) -> IndicatorSet:
    """Publish the version that follows `based_on`; no cohort follows it by itself. `fields` may hold its id.

    Raises ValidationError for no figure or more than ten, for one twice, for a yearly figure of the record asked
    each quarter, where nothing differs, and where somebody published another version meanwhile.
    """
    versions = IndicatorSet.objects.select_for_update().filter(code=based_on.code)
    newest = max(versions, key=lambda one: one.version)
    if newest.pk != based_on.pk:
        raise ValidationError(
            _("%(set)s baru saja terbit. Buka halaman ini lagi dan mulai dari versi itu.") % {"set": newest}
        )
    indicators = {one.code: one for one in Indicator.objects.filter(code__in=[line.code for line in lines])}
    check_lines(lines, indicators)
    found = differences(lines_of(based_on), lines)
    if not found:
        raise ValidationError(_("Tidak ada yang berbeda dari %(set)s.") % {"set": based_on})
    made = IndicatorSet.objects.create(code=based_on.code, version=newest.version + 1, name=name, **fields)
    IndicatorLine.objects.bulk_create(
        IndicatorLine(
            indicator_set=made,
            indicator=indicators[line.code],
            order=order,
            frequency=line.frequency,
            about=line.about,
            allows_range=line.allows_range,
        )
        for order, line in enumerate(lines, start=1)
    )
    made.published_at = timezone.now()
    made.save(update_fields=["published_at"])
    changes = [f"{one.kind}: {one.code}" for one in found]
    record("indicatorset.published", made, by=by, lines=len(lines), based_on=str(based_on), changes=changes)
    return made


def check_lines(lines: Sequence[Line], indicators: dict[str, Indicator]) -> None:
    """Raise ValidationError for what no set may ask."""
    codes = [line.code for line in lines]
    if not 1 <= len(lines) <= MOST_INDICATORS:
        raise ValidationError(_("Pilih satu sampai sepuluh angka."))
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise ValidationError(_("%(name)s dipilih dua kali.") % {"name": indicators[twice].title})
    for line in lines:
        indicator = indicators[line.code]
        is_yearly = indicator.source != Indicator.Source.ANSWER
        if is_yearly and line.frequency != IndicatorLine.Frequency.YEARLY:
            raise ValidationError(_("%(name)s dicatat setahun sekali.") % {"name": indicator.title})


@transaction.atomic
def add_indicator(*, by, **fields: Any) -> Indicator:
    """Add a figure that later versions may ask; its code keeps its meaning for ever.

    Raises ValidationError, among others for a code in use.
    """
    indicator = Indicator(**fields)
    indicator.full_clean()
    indicator.save(force_insert=True)
    record("indicator.added", indicator, by=by, code=indicator.code)
    return indicator
