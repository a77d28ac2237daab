"""Writes to the record of an enterprise."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.audit.trail import changes, record
from closedloop.core.identifiers import masked
from closedloop.core.models import new_code
from participants.actions.consents import give_consent
from participants.actions.people import add_person
from participants.actions.reference import kbli_of
from participants.actions.standing import hold
from participants.actions.yearly import record_annual_figure
from participants.activities import ACTIVITIES, values_of
from participants.models import Enterprise, EnterpriseKbli, Process, Product
from participants.seen import mark_of_values

# fields that a person or an import may set; class, code and version have their own ways
EDITABLE = frozenset(
    field.name
    for field in Enterprise._meta.concrete_fields
    if field.editable and field.name not in ("id", "created_at", "updated_at")
)
# one code in 887 million; so many tries fail by chance only if the register is nearly full
CODE_DRAWS = 5
CODE_IS_UNIQUE = "participants_enterprise_code_key"
# what the trail shows by its last four digits only
IDENTITY = ("nib", "npwp", "nitku")


class StaleRecord(ValidationError):
    """Somebody else saved the record since it was shown; nothing was overwritten."""


@transaction.atomic
def register_enterprise(
    *,
    by: User | None,
    kbli: str | None = None,
    products: Iterable[str] = (),
    processes: Iterable[Process] = (),
    person: Mapping[str, Any] | None = None,
    annual_figure: Mapping[str, Any] | None = None,
    consent: Mapping[str, Any] | None = None,
    source: str = "",
    **fields: Any,
) -> Enterprise:
    """Put an enterprise on the register, with what is known of it.

    `fields` are fields of Enterprise (an `id` makes a second press of a form fail instead of registering
    twice); `kbli` is the KBLI 2020 code of its main activity; `person`, `annual_figure` and `consent` are
    the keywords of add_person, record_annual_figure and give_consent. `source` names a file it came from.
    Raises ValidationError, among others when NIB or NPWP belong to another.
    """
    enterprise = Enterprise(**fields)
    # the check constraints are left to the database: they cost a query each, and forms ran them already
    enterprise.full_clean(exclude={"code"}, validate_constraints=False)
    insert(enterprise)
    set_activities(enterprise, kbli=kbli, products=products, processes=processes)
    record("enterprise.registered", enterprise, by=by, **({"source": source} if source else {}))
    contact = add_person(enterprise, by=by, **person) if person else None
    if annual_figure:
        record_annual_figure(enterprise, by=by, **annual_figure)
    if consent:
        give_consent(enterprise, by=by, person=contact, **consent)
    return enterprise


def insert(enterprise: Enterprise) -> None:
    """Write a new record; where chance gave its code to two, this one draws another."""
    for draws_left in reversed(range(CODE_DRAWS)):
        try:
            with transaction.atomic():
                return enterprise.save(force_insert=True)
        except IntegrityError as error:
            if not draws_left or constraint_of(error) != CODE_IS_UNIQUE:
                raise ValidationError(_("IKM ini sudah terdaftar. Cari dengan nama atau NIB-nya.")) from error
            enterprise.code = new_code()


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the constraint that the database refused a row by."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


@transaction.atomic
def update_enterprise(
    enterprise: Enterprise,
    *,
    by: User | None,
    version: int | None = None,
    seen: str | None = None,
    source: str = "",
    **fields: Any,
) -> Enterprise:
    """Change an enterprise and return it as it is now; what does not differ leaves no trace.

    `version` is the one the person saw, by default the one in hand; if the record has moved on since,
    StaleRecord is raised, unless only what is not written here has: `seen` is then the mark (seen.mark_of_values)
    of what these fields held. Besides fields of Enterprise, `kbli`, `products` and `processes` may be given.
    """
    if unknown := set(fields) - EDITABLE - set(ACTIVITIES):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    current = hold(enterprise)
    before = values_of(current, fields)
    has_moved_on = current.version != (enterprise.version if version is None else version)
    if has_moved_on and seen != mark_of_values(before):
        raise StaleRecord(
            _("Data ini baru saja diubah orang lain. Muat ulang halaman, lalu ulangi perubahan Anda.")
        )
    activities = {name: fields.pop(name) for name in ACTIVITIES if name in fields}
    for name, value in fields.items():
        setattr(current, name, value)
    current.full_clean(validate_constraints=False)
    set_activities(current, **activities)
    after = values_of(current, before)
    if differences := traced(before, after):
        save_next_version(current)
        origin = {"source": source} if source else {}
        record("enterprise.updated", current, by=by, changes=differences, **origin)
    return current


def traced(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list]:
    """Return the changes as the trail may show them: of an identity number only the last four digits."""
    differences = changes(before, after)
    for name in differences.keys() & set(IDENTITY):
        differences[name] = [masked(value) if value else value for value in differences[name]]
    return differences


def save_next_version(enterprise: Enterprise) -> None:
    """Save under the next version, so that whoever still shows the present one cannot overwrite it."""
    enterprise.version += 1
    try:
        with transaction.atomic():
            enterprise.save()
    except IntegrityError as error:
        raise ValidationError(_("NIB atau NPWP ini sudah dipakai IKM lain.")) from error


def set_activities(
    enterprise: Enterprise,
    *,
    kbli: str | None = None,
    products: Iterable[str] | None = None,
    processes: Iterable[Process] | None = None,
) -> None:
    """Set main activity, products and processes; what is None stays as it is, and "" is no main activity."""
    if kbli is not None:
        EnterpriseKbli.objects.filter(enterprise=enterprise, is_primary=True).update(is_primary=False)
    if kbli:
        EnterpriseKbli.objects.update_or_create(
            enterprise=enterprise, kbli=kbli_of(kbli), defaults={"is_primary": True}
        )
    if products is not None:
        wanted = list(dict.fromkeys(" ".join(name.split())[:160] for name in products if name.strip()))
        Product.objects.filter(enterprise=enterprise).exclude(name__in=wanted).delete()
        known = set(Product.objects.filter(enterprise=enterprise).values_list("name", flat=True))
        Product.objects.bulk_create(
            Product(enterprise=enterprise, name=name) for name in wanted if name not in known
        )
    if processes is not None:
        enterprise.processes.set(processes)


def record_identity_view(enterprise: Enterprise, *, by: User) -> None:
    """Leave a trace that somebody looked at the full identity numbers (domain.md §1.3)."""
    record("enterprise.identity_viewed", enterprise, by=by)
