"""Writes to the people of an enterprise."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.actions import invite, renew_invitation
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record
from participants.actions.standing import hold
from participants.actions.versions import next_version
from participants.models import Enterprise, Person
from participants.seen import require_unchanged

PERSON_FIELDS = ("full_name", "position", "phone", "email", "is_active")
SHOWN = ("full_name", "position", "phone", "email", "is_primary", "is_active")


@transaction.atomic
def add_person(
    enterprise: Enterprise,
    *,
    by: User | None,
    full_name: str,
    position: str = Person.Position.OWNER,
    phone: str = "",
    email: str = "",
    is_primary: bool | None = None,
    id=None,
) -> Person:
    """Add somebody to an enterprise; `phone` is E.164.

    The first person becomes the main contact by themselves. An `id` makes a second press of a form fail.
    """
    hold(enterprise)
    has_contact = Person.objects.filter(enterprise=enterprise, is_primary=True).exists()
    if is_primary and has_contact:
        Person.objects.filter(enterprise=enterprise, is_primary=True).update(is_primary=False)
    person = Person(
        enterprise=enterprise,
        full_name=full_name,
        position=position,
        phone=phone,
        email=email,
        is_primary=not has_contact if is_primary is None else is_primary,
        **({"id": id} if id else {}),
    )
    person.full_clean(validate_constraints=False)
    person.save(force_insert=True)
    next_version(enterprise)
    record("person.added", person, by=by, position=str(position))
    return person


@transaction.atomic
def update_person(
    person: Person, *, by: User | None, is_primary: bool | None = None, seen: str | None = None, **fields: Any
) -> Person:
    """Change somebody's name, position, phone, email or whether they are still active, and return them.

    Making somebody the main contact takes that from whoever was it. What somebody else wrote since `seen`
    is not overwritten: ChangedMeanwhile.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    require_unchanged(person, SHOWN, seen)
    if unknown := set(fields) - set(PERSON_FIELDS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    before = {name: getattr(person, name) for name in (*fields, "is_primary")}
    for name, value in fields.items():
        setattr(person, name, value)
    if is_primary is not None:
        if is_primary:
            others = Person.objects.filter(enterprise=person.enterprise, is_primary=True)
            others.exclude(pk=person.pk).update(is_primary=False)
        person.is_primary = is_primary
    person.full_clean(validate_constraints=False)
    if differences := changes(before, {name: getattr(person, name) for name in before}):
        person.save()
        next_version(person.enterprise)
        record("person.updated", person, by=by, changes=differences)
    return person


@transaction.atomic
def invite_person(person: Person, *, by: User) -> tuple[User, str]:
    """Give somebody of an enterprise an account and a link to it; returns the account and the link's token.

    Needs the person's email. Who has another enterprise under that address gets this one added to the same
    account, and the token is empty. Who has an account they never opened gets a new link. Raises
    ValidationError when there is nothing to invite to. The caller mails the link after the commit.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not person.email:
        raise ValidationError({"email": _("Isi email orang ini dulu; undangan dikirim ke sana.")})
    if not person.is_active:
        raise ValidationError(_("Orang ini sudah tidak aktif dan tidak dapat diundang."))
    known = person.user or User.objects.filter(email=person.email.lower()).first()
    if person.user and person.user.has_usable_password():
        raise ValidationError(_("Orang ini sudah punya akun."))
    if known and known.role != Role.OWNER:
        raise ValidationError({"email": _("Alamat ini sudah dipakai akun dengan peran lain.")})
    if known:
        user, token = known, renew_invitation(known, by=by) if person.user else ""
    else:
        user, token = invite(
            by=by, email=person.email, full_name=person.full_name, role=Role.OWNER, phone=person.phone
        )
    if person.user != user:
        person.user = user
        person.save(update_fields=["user"])
    record("person.invited", person, by=by)
    return user, token
