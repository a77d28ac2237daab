"""What a record may lack, as conditions over enterprises. One list, read by the filter and by its chips."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.models import (
    AnnualFigure,
    Consent,
    Document,
    EnterpriseKbli,
    IndicatorAnswer,
    Person,
    Product,
)


@dataclass(frozen=True)
class Gap:
    """Something that is not there; `condition` is true of the enterprises that lack it."""

    label: str | Promise
    condition: Callable[[], Q | Exists]


def has(rows: QuerySet) -> Exists:
    """Whether an enterprise has one of these rows."""
    return Exists(rows.order_by().filter(enterprise=OuterRef("pk")))


def no_phone() -> Q:
    return Q(phone="") & ~has(Person.objects.active().exclude(phone=""))


def no_baseline() -> Q:
    """Neither a yearly figure nor an answer of the time before the programme."""
    return Q(~has(AnnualFigure.objects.filter(is_baseline=True))) & ~has(
        IndicatorAnswer.objects.filter(is_baseline=True)
    )


def expired_document() -> Exists:
    """A paper whose last day is over, with no newer one of its kind in its place."""
    return has(Document.objects.current().filter(expires_on__lt=timezone.localdate()))


def no_consent() -> Q:
    in_force = Consent.objects.filter(purpose=Consent.Purpose.TRAINING, withdrawn_at=None)
    return Q(~has(in_force))


GAPS: dict[str, Gap] = {
    "nib": Gap(_("Belum punya NIB"), lambda: Q(nib=None)),
    "npwp": Gap(_("Belum punya NPWP"), lambda: Q(npwp=None)),
    "telepon": Gap(_("Belum ada nomor telepon"), no_phone),
    "kbli": Gap(_("Belum ada KBLI"), lambda: Q(~has(EnterpriseKbli.objects.all()))),
    "produk": Gap(_("Belum ada produk"), lambda: Q(~has(Product.objects.all()))),
    "awal": Gap(_("Belum ada angka awal"), no_baseline),
    "dokumen": Gap(_("Ada dokumen kedaluwarsa"), expired_document),
    "persetujuan": Gap(_("Belum ada persetujuan"), no_consent),
}
