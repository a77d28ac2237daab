"""What an order costs that names no price of its own: the price agreed on its day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from closedloop.core.formats import date_medium
from participants.models import Enterprise
from partnerships.agreed import histories, price_for
from partnerships.models import Agreement, Buyer, ScopeLine

if TYPE_CHECKING:
    from partnerships.actions.orders import OrderLineDraft


def with_agreed_prices(
    lines: Sequence["OrderLineDraft"],
    agreement: Agreement | None,
    enterprise: Enterprise,
    buyer: Buyer,
    ordered_on: date,
) -> list["OrderLineDraft"]:
    """Return the lines, each with a price; a part without its own that is not in force that day: ValidationError."""
    if all(line.unit_price is not None for line in lines):
        return list(lines)
    scope = ScopeLine.objects.filter(agreement=agreement, enterprise=enterprise, buyer=buyer)
    own = {one.part_name: one for one in scope.select_related("agreement")}
    known = histories(own.values())
    priced = []
    for line in lines:
        agreed = own.get(line.part_name)
        price = line.unit_price
        if price is None and agreed is not None:
            price = price_for(agreed, known[agreed.pk], ordered_on)
        if price is None:
            raise ValidationError(
                _("%(part)s tidak disepakati untuk %(day)s. Isi harganya atau pilih part lain.")
                % {"part": line.part_name, "day": date_medium(ordered_on)}
            )
        priced.append(replace(line, unit_price=price))
    return priced
