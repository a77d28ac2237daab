"""Which enterprises of the registry an applicant may be already; a person decides whether it is."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from participants.duplicates import Existing, find_duplicates
from participants.models import Application, Enterprise
from participants.reading import RegistrationRow


@dataclass(frozen=True)
class Twin:
    """One such enterprise, why it looks the same, and whether that is beyond doubt."""

    enterprise: Enterprise
    why: str | Promise
    is_certain: bool


def twins_of(application: Application) -> list[Twin]:
    """Return the enterprises with the same NIB, the same name and phone, or a near name in the same regency."""
    if not application.name:
        return []
    alike = Q(regency=application.regency) | Q(phone=application.phone) | Q(people__phone=application.phone)
    if application.nib:
        alike |= Q(nib=application.nib)
    keys = Enterprise.objects.order_by().filter(alike).exclude(pk=application.pk).values("pk")
    rows = Enterprise.objects.filter(pk__in=keys).select_related("regency").prefetch_related("people")
    asked = RegistrationRow(
        sheet_row=1,
        name=application.name,
        phone=application.phone,
        nib=application.nib,
        regency_code=application.regency_id,
    )
    found = []
    for enterprise in rows:
        phones = frozenset(filter(None, [enterprise.phone, *(p.phone for p in enterprise.people.all())]))
        known = Existing(
            enterprise.pk,
            enterprise.name,
            enterprise.nib,
            enterprise.npwp,
            phones,
            enterprise.regency_id,
        )
        if duplicate := find_duplicates([asked], [known]).get(1):
            found.append(Twin(enterprise, duplicate.message, duplicate.is_certain))
    return sorted(found, key=lambda twin: (not twin.is_certain, twin.enterprise.name))
