"""What the registry knows that the rows of an import may speak of."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Prefetch, Q

from closedloop.audit.models import Event
from participants.duplicates import Duplicate, Existing
from participants.models import Enrolment, Enterprise, EnterpriseKbli, Person
from participants.reading import RegistrationRow


def existing_like(rows: Iterable[RegistrationRow]) -> list[Existing]:
    """Return the enterprises that a row could repeat; a record that was merged away speaks for its survivor."""
    told = [row for row in rows if row.is_importable]
    phones = {row.phone for row in told if row.phone}
    found = Enterprise.with_merged.filter(
        Q(nib__in={row.nib for row in told if row.nib})
        | Q(npwp__in={row.npwp for row in told if row.npwp})
        | Q(phone__in=phones)
        | Q(pk__in=Person.objects.filter(phone__in=phones).values("enterprise"))
        | Q(regency__in={row.regency_code for row in told if row.regency_code})
    )
    survivors = survivors_of_merges()
    return [
        Existing(
            key=survivors.get(pk, pk),
            name=name,
            nib=nib,
            npwp=npwp,
            phones=frozenset(number for number in (phone, *contacts) if number),
            regency_code=regency,
        )
        for pk, name, nib, npwp, phone, regency, contacts in found.order_by().values_list(
            "pk", "name", "nib", "npwp", "phone", "regency_id", ArrayAgg("people__phone")
        )
    ]


def survivors_of_merges() -> dict[UUID, UUID]:
    """Return {hidden record: the one that speaks for it}, also where that one was merged in turn."""
    hidden_records = Enterprise.with_merged.exclude(merged_into=None)
    into = {pk: survivor for pk, survivor in hidden_records.values_list("pk", "merged_into") if survivor}
    last = {}
    for hidden, survivor in into.items():
        while survivor in into:
            survivor = into[survivor]
        last[hidden] = survivor
    return last


def matched_enterprises(duplicates: Iterable[Duplicate]) -> dict[Any, Enterprise]:
    """Return {id: enterprise} of those that rows repeat, with all that a row can speak of.

    `numbers_of_merged` are the NIB and NPWP of records that were merged into it, `former_contacts` the names
    and telephones that a person has corrected: neither is news when a sheet still has them.
    """
    ids = {duplicate.of_existing for duplicate in duplicates if duplicate.of_existing}
    found = Enterprise.objects.prefetch_related(
        "people",
        "products",
        "processes",
        "annual_figures",
        "consents",
        Prefetch("kbli_links", queryset=EnterpriseKbli.objects.select_related("kbli")),
        Prefetch("enrolments", queryset=Enrolment.objects.select_related("cohort")),
    ).in_bulk(ids)
    numbers, contacts = numbers_of_merged(found), former_contacts(found)
    for pk, enterprise in found.items():
        vars(enterprise).update(numbers_of_merged=numbers[pk], former_contacts=contacts[pk])
    return found


def numbers_of_merged(ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    wanted = set(ids)
    numbers: dict[UUID, set[str]] = defaultdict(set)
    hidden = {pk: last for pk, last in survivors_of_merges().items() if last in wanted}
    for pk, *own in Enterprise.with_merged.filter(pk__in=hidden).values_list("pk", "nib", "npwp"):
        numbers[hidden[pk]].update(number for number in own if number)
    return numbers


def former_contacts(ids: Iterable[UUID]) -> dict[UUID, set[str]]:
    contacts: dict[UUID, set[str]] = defaultdict(set)
    events = Event.objects.filter(enterprise_id__in=list(ids), verb="person.updated")
    for enterprise, changes in events.values_list("enterprise_id", "data__changes"):
        told = [changes[name][0] for name in ("full_name", "phone") if name in (changes or {})]
        if enterprise:
            contacts[enterprise].update(value.casefold() for value in told if value)
    return contacts


def touched_by_hand(ids: Iterable[Any]) -> dict[Any, set[str]]:
    """Return {enterprise: fields a person has changed}; events that name a source file are an import's."""
    touched: dict[Any, set[str]] = defaultdict(set)
    events = Event.objects.filter(
        enterprise_id__in=list(ids), verb__in=["enterprise.updated", "annualfigure.recorded"]
    )
    for event in events.exclude(data__has_key="source"):
        year = event.data.get("year")
        for name in event.data.get("changes", {}):
            touched[event.enterprise_id].add(f"{name}:{year}" if year else name)
    return touched
