"""What the pages of partnerships share: records by code, errors of acts beside their field, pages of a list."""

from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from partnerships.actions import Count
from partnerships.models import Agreement, Buyer, Delivery, PurchaseOrder

PER_PAGE = 25


def agreement_of(request, code) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.user), code=code)


def order_of(request, code) -> PurchaseOrder:
    orders = PurchaseOrder.objects.visible_to(request.user).select_related("buyer", "enterprise", "agreement")
    return get_object_or_404(orders, code=code)


def delivery_of(request, code) -> Delivery:
    return get_object_or_404(Delivery.objects.visible_to(request.user).with_people(), code=code)


def buyer_of(request, code) -> Buyer:
    return get_object_or_404(
        Buyer.objects.visible_to(request.user).select_related("regency__province"), code=code
    )


def page_of(request, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def stored(file, *, content_type: str, download_as: str = "") -> HttpResponse:
    """Return a stored file to somebody who may see it; with a name it is saved, never opened in the browser."""
    if not file:
        raise Http404
    with file.open() as opened:
        response = HttpResponse(opened.read(), content_type=content_type)
    if download_as:
        response["Content-Disposition"] = f'attachment; filename="{download_as}"'
    return response


def complaint_of(form) -> dict:
    """Return what a filled in DisputeForm says, ready for the act."""
    said = form.cleaned_data
    count = Count(good=said["good"], rejected=said["rejected"])
    return {"text": said["text"], "reason": said["reason"], "count": count}


class Refused(Exception):
    """An act was refused; its messages stand on the form by now."""


@contextmanager
def errors_on(form):
    """Run an act; what it refuses appears beside the form's fields, and Refused skips the rest of the block.

    The form's key is the new record's id, so a second press of the button meets the first one's record.
    """
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        put_on(form, error)
        raise Refused from error
    except IntegrityError as error:
        if "_pkey" not in str(error):
            raise
        form.add_error(None, _("Isian ini sudah tersimpan. Tidak ada yang dicatat dua kali."))
        raise Refused from error


def put_on(form, error: ValidationError) -> None:
    """Put each message beside the field it names, or on top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        known = name in form.fields and name != NON_FIELD_ERRORS
        form.add_error(name if known else None, found)


def say(request, error: ValidationError) -> None:
    """Show what an act without a form refused."""
    for message in error.messages:
        messages.error(request, message)
