"""Writes to credit agreements that pay for an order."""

import re
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import record
from partnerships.models import Financing, PurchaseOrder
from partnerships.models.financing import ACCOUNT_NUMBER
from partnerships.scans import Scan


@transaction.atomic
def enter_financing(
    order: PurchaseOrder,
    *,
    by: User,
    lender: str,
    kind: str,
    amount: int | Decimal,
    signed_on: date,
    ends_on: date | None = None,
    document: Scan | None = None,
    id=None,
) -> Financing:
    """Record the credit agreement that serves an order, whole Rupiah.

    A number as long as an account's in the lender's name, a day to come, an end before the beginning:
    ValidationError. An `id` makes a second press of a form fail.
    """
    lender = " ".join(lender.split())
    refuse_bad_financing(lender, amount, signed_on, ends_on)
    financing = Financing(
        order=order,
        lender=lender,
        kind=kind,
        amount=amount,
        signed_on=signed_on,
        ends_on=ends_on,
        entered_by=by,
        **({"id": id} if id else {}),
    )
    financing.full_clean(validate_unique=False, validate_constraints=False)
    if document:
        financing.document.save(document.name, ContentFile(document.content), save=False)
        financing.document_sha256 = document.sha256
    financing.save(force_insert=True)
    record("financing.entered", financing, by=by, order=order.number, amount=amount, signed_on=signed_on)
    return financing


def refuse_bad_financing(lender: str, amount, signed_on: date, ends_on: date | None) -> None:
    errors = {}
    if not lender:
        errors["lender"] = _("Isi nama lembaga pembiayaan.")
    elif re.search(ACCOUNT_NUMBER, lender):
        errors["lender"] = _("Tulis nama lembaganya saja. Nomor rekening atau nomor akad tidak disimpan.")
    if amount <= 0:
        errors["amount"] = _("Nilai akad harus lebih dari nol.")
    if signed_on > timezone.localdate():
        errors["signed_on"] = _("Tanggal akad tidak boleh setelah hari ini.")
    if ends_on and ends_on <= signed_on:
        errors["ends_on"] = _("Jatuh tempo akad harus setelah tanggal akad.")
    if errors:
        raise ValidationError(errors)
