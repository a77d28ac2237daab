"""Every write an account can undergo."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from closedloop.accounts.models import Invitation, Organisation, User
from closedloop.accounts.permissions import MAY_INVITE
from closedloop.accounts.roles import Role
from closedloop.audit.trail import changes, record


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    full_name: str,
    role: str,
    organisation: Organisation | None = None,
    phone: str = "",
    title: str = "",
) -> tuple[User, str]:
    """Make an account without a password and a link that sets one; returns the person and the link's token.

    An address that has an account already is refused with ValidationError, a role that `by` may invite nobody
    as with PermissionDenied: whatever page leads here, nobody makes an account above their own rights.
    """
    if role not in MAY_INVITE.get(by.role, ()):
        raise PermissionDenied
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise ValidationError({"email": _("Alamat ini sudah punya akun.")})
    user = User.objects.create_user(
        email, full_name=full_name, role=Role(role), organisation=organisation, phone=phone, title=title
    )
    record("user.invited", user, by=by, role=user.role, organisation=organisation)
    return user, renew_invitation(user, by=by)


@transaction.atomic
def renew_invitation(user: User, *, by: User) -> str:
    """Make a new link for somebody who has not used theirs; an older open link stops working."""
    Invitation.objects.filter(user=user, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())
    token = Invitation.new_token()
    Invitation.objects.create(
        user=user, invited_by=by, token_hash=Invitation.hash_of(token), expires_at=Invitation.default_expiry()
    )
    record("user.link_made", user, by=by)
    return token


def mail_invitation(user: User, link: str) -> None:
    """Send the link; called after the commit, so that nobody gets a link to an account that was rolled back."""
    context = {"user": user, "link": link}
    send_mail(
        _("Undangan ke portal IKM Closed Loop"),
        render_to_string("accounts/invitation.txt", context),
        None,
        [user.email],
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, password: str) -> User:
    """Set the first password; the link works once. A second press raises ValidationError."""
    invitation = Invitation.objects.select_for_update().select_related("user").get(pk=invitation.pk)
    if not Invitation.objects.open().filter(pk=invitation.pk).exists():
        raise ValidationError(
            _("Tautan ini sudah dipakai atau tidak berlaku lagi. Minta yang baru kepada petugas.")
        )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    invitation.user.set_password(password)
    invitation.user.save(update_fields=["password"])
    record("user.activated", invitation.user, by=invitation.user)
    return invitation.user


@transaction.atomic
def set_active(user: User, is_active: bool, *, by: User) -> None:
    """Open or close an account; nobody closes their own."""
    if user.pk == by.pk:
        raise ValidationError(_("Anda tidak dapat menonaktifkan akun Anda sendiri."))
    before, user.is_active = user.is_active, is_active
    user.save(update_fields=["is_active"])
    record("user.opened" if is_active else "user.closed", user, by=by, before=before)


@transaction.atomic
def update_profile(user: User, *, full_name: str, phone: str) -> None:
    """Change what people may change of their own account."""
    before = {"full_name": user.full_name, "phone": user.phone}
    user.full_name, user.phone = full_name, phone
    user.save(update_fields=["full_name", "phone"])
    record(
        "user.updated",
        user,
        by=user,
        changed=sorted(changes(before, {"full_name": full_name, "phone": phone})),
    )


@transaction.atomic
def save_organisation(organisation: Organisation, *, by: User) -> Organisation:
    """Add or change a body of the programme, from a form that has checked it."""
    verb = "organisation.added" if organisation._state.adding else "organisation.updated"
    organisation.save()
    record(verb, organisation, by=by, name=organisation.name, kind=organisation.kind)
    return organisation
