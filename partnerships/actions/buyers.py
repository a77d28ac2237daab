"""Writes to buyers and their people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from closedloop.accounts.actions import invite, renew_invitation
from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record
from partnerships.models import Buyer, BuyerContact

BUYER_FIELDS = ("name", "tier", "regency", "address", "grace_days", "max_early_days")


@transaction.atomic
def register_buyer(*, by: User | None, name: str, id=None, **fields: Any) -> Buyer:
    """Add a company. Fields: tier, regency, address, grace_days, max_early_days.

    A name that is taken (in any case) raises ValidationError. An `id` makes a second press of a form fail.
    """
    buyer = Buyer(name=name.strip(), **fields, **({"id": id} if id else {}))
    refuse_taken_name(buyer)
    buyer.full_clean(validate_unique=False, validate_constraints=False)
    buyer.save(force_insert=True)
    record("buyer.registered", buyer, by=by, tier=buyer.tier)
    return buyer


@transaction.atomic
def update_buyer(buyer: Buyer, *, by: User, **fields: Any) -> Buyer:
    """Change a company's own data; the window for deliveries on time counts from now on for every open month."""
    if unknown := set(fields) - set(BUYER_FIELDS):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    buyer = Buyer.objects.select_for_update(of=("self",)).get(pk=buyer.pk)
    before = {name: getattr(buyer, name) for name in fields}
    for name, value in fields.items():
        setattr(buyer, name, value)
    refuse_taken_name(buyer)
    buyer.full_clean(validate_unique=False, validate_constraints=False)
    if differences := changes(before, fields):
        buyer.save()
        record("buyer.updated", buyer, by=by, changes=differences)
    return buyer


def refuse_taken_name(buyer: Buyer) -> None:
    if Buyer.objects.filter(name__iexact=buyer.name).exclude(pk=buyer.pk).exists():
        raise ValidationError({"name": _("Perusahaan dengan nama ini sudah terdaftar.")})


@transaction.atomic
def add_contact(
    buyer: Buyer,
    *,
    by: User | None,
    full_name: str,
    title: str = "",
    email: str = "",
    phone: str = "",
    user: User | None = None,
    id=None,
) -> BuyerContact:
    """Add somebody at a buyer; `phone` is E.164. `user` ties an account that exists already."""
    if user and user.role != Role.BUYER:
        raise ValidationError(_("Akun ini bukan akun mitra industri."))
    contact = BuyerContact(
        buyer=buyer,
        full_name=full_name.strip(),
        title=title,
        email=email.strip().lower(),
        phone=phone,
        user=user,
        **({"id": id} if id else {}),
    )
    contact.full_clean(validate_unique=False, validate_constraints=False)
    contact.save(force_insert=True)
    record("buyer.contact_added", contact, by=by, buyer=buyer)
    return contact


@transaction.atomic
def invite_contact(contact: BuyerContact, *, by: User) -> tuple[User, str]:
    """Give a contact an account and a link to it; returns the account and the link's token.

    Needs the contact's email. A buyer's account under that address gets this company as well, with an empty
    token; an account that was never opened gets a new link. The caller mails the link after the commit.
    """
    contact = BuyerContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not contact.email:
        raise ValidationError({"email": _("Isi email kontak ini dulu; undangan dikirim ke sana.")})
    if not contact.is_active:
        raise ValidationError(_("Kontak ini sudah tidak aktif dan tidak dapat diundang."))
    if contact.user:
        if contact.user.has_usable_password():
            raise ValidationError(_("Kontak ini sudah punya akun."))
        user, token = contact.user, renew_invitation(contact.user, by=by)
    elif known := User.objects.filter(email=contact.email.lower()).first():
        if known.role != Role.BUYER:
            raise ValidationError({"email": _("Alamat ini sudah dipakai akun dengan peran lain.")})
        user, token = known, ""
    else:
        user, token = invite(
            by=by, email=contact.email, full_name=contact.full_name, role=Role.BUYER, phone=contact.phone
        )
    if contact.user != user:
        contact.user = user
        contact.save(update_fields=["user"])
    record("buyer.contact_invited", contact, by=by, buyer=contact.buyer_id)
    return user, token
