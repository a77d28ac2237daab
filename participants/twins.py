"""Which enterprises of the registry an applicant may be already; a person decides whether it is."""

from dataclasses import dataclass
from uuid import UUID

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
    """Return the enterprises with the same NIB, the same name and phone, or a near name in the same regency.

    The numbers and names of a record that was merged are its survivor's: the survivor is the twin.
    """
    if not application.name:
        return []
    alike = Q(regency=application.regency) | Q(phone=application.phone) | Q(people__phone=application.phone)
    if application.nib:
        alike |= Q(nib=application.nib)
    keys = Enterprise.with_merged.order_by().filter(alike).exclude(pk=application.pk).values("pk")
    rows = Enterprise.with_merged.filter(pk__in=keys).select_related("regency", "merged_into")
    asked = RegistrationRow(
        sheet_row=1,
        name=application.name,
        phone=application.phone,
        nib=application.nib,
        regency_code=application.regency_id,
    )
    found: dict[UUID, Twin] = {}
    for row in rows.prefetch_related("people"):
        if duplicate := find_duplicates([asked], [existing(row)]).get(1):
            speaking = speaking_for(row)
            known = found.get(speaking.pk)
            if known is None or (duplicate.is_certain and not known.is_certain):
                found[speaking.pk] = Twin(speaking, duplicate.message, duplicate.is_certain)
    return sorted(found.values(), key=lambda twin: (not twin.is_certain, twin.enterprise.name))


def existing(row: Enterprise) -> Existing:
    phones = frozenset(filter(None, [row.phone, *(person.phone for person in row.people.all())]))
    return Existing(row.pk, row.name, row.nib, row.npwp, phones, row.regency_id)


def speaking_for(row: Enterprise) -> Enterprise:
    """Return the record that speaks for this one, also where that one was merged in turn."""
    while row.merged_into:
        row = row.merged_into
    return row
