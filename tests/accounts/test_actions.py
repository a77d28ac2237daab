"""Accounts are made by invitation, used once, and every act leaves a trace."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from closedloop.accounts import actions
from closedloop.accounts.models import Invitation, User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import Role
from closedloop.audit.models import Event
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return UserFactory(role=Role.ADMIN)


def invite(admin, **changes):
    return actions.invite(
        **{
            "by": admin,
            "email": "Sari@Contoh.ID ",
            "full_name": "Sari",
            "role": Role.MENTOR,
            "organisation": OrganisationFactory(),
            **changes,
        }
    )


def test_an_invited_person_has_no_password_until_the_link_is_used(admin):
    user, token = invite(admin)
    assert (user.email, user.role, user.has_usable_password()) == ("sari@contoh.id", "mentor", False)
    person = actions.accept_invitation(Invitation.objects.with_token(token).get(), "baja-kunyit-sebelas")
    assert person.check_password("baja-kunyit-sebelas")
    assert list(Event.objects.order_by("id").values_list("verb", "actor_name")) == [
        ("user.invited", admin.full_name),
        ("user.link_made", admin.full_name),
        ("user.activated", "Sari"),
    ]


def test_the_link_works_once(admin):
    invitation = Invitation.objects.with_token(invite(admin)[1]).get()
    actions.accept_invitation(invitation, "baja-kunyit-sebelas")
    with pytest.raises(ValidationError):
        actions.accept_invitation(invitation, "kata-sandi-orang-lain")
    assert User.objects.get(email="sari@contoh.id").check_password("baja-kunyit-sebelas")


def test_a_new_link_ends_the_old_one(admin):
    user, old = invite(admin)
    new = actions.renew_invitation(user, by=admin)
    assert not Invitation.objects.with_token(old).open().exists()
    assert Invitation.objects.with_token(new).open().exists()


@pytest.mark.parametrize("late, works", [(timedelta(seconds=-1), True), (timedelta(seconds=1), False)])
def test_the_link_ends_with_its_time(admin, late, works):
    _, token = invite(admin)
    invitation = Invitation.objects.with_token(token).get()
    Invitation.objects.filter(pk=invitation.pk).update(
        created_at=timezone.now() - timedelta(days=15), expires_at=timezone.now() - late
    )
    assert Invitation.objects.with_token(token).open().exists() is works


def test_one_address_is_one_account(admin):
    invite(admin)
    with pytest.raises(ValidationError, match="sudah punya akun"):
        invite(admin, email="sari@contoh.id")
    assert User.objects.filter(email="sari@contoh.id").count() == 1


def test_nobody_closes_their_own_account(admin):
    with pytest.raises(ValidationError):
        actions.set_active(admin, False, by=admin)
    admin.refresh_from_db()
    assert admin.is_active


def test_a_closed_account_may_nothing(admin):
    user = UserFactory(role=Role.STAFF)
    assert user.may(Permission.ENTERPRISE_EDIT)
    actions.set_active(user, False, by=admin)
    assert not any(user.may(permission) for permission in Permission)


def test_every_role_has_grants_and_every_permission_is_granted():
    assert set(GRANTS) == set(Role)
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize(
    "permission, roles",
    [
        (Permission.CLASS_DECIDE, {Role.LEAD}),
        (Permission.DELIVERY_CONFIRM, {Role.BUYER}),
        (Permission.DELIVERY_VERIFY, {Role.STAFF}),
        (Permission.CHECK_IN, {Role.OWNER}),
        (Permission.USER_MANAGE, {Role.ADMIN}),
    ],
)
def test_who_alone_may(permission, roles):
    assert {role for role, granted in GRANTS.items() if permission in granted} == roles


@pytest.mark.parametrize("inviter", Role)
@pytest.mark.parametrize("role", Role)
def test_nobody_makes_an_account_above_what_they_may_give(inviter, role):
    allowed = {
        Role.ADMIN: {Role.LEAD, Role.STAFF, Role.MENTOR, Role.ASSESSOR, Role.VIEWER, Role.ADMIN},
        Role.STAFF: {Role.OWNER, Role.BUYER, Role.MENTOR},
    }
    by = UserFactory(role=inviter)
    if role in allowed.get(inviter, set()):
        assert invite(by, role=role)[0].role == role
        return
    with pytest.raises(PermissionDenied):
        invite(by, role=role)
    assert not User.objects.filter(email="sari@contoh.id").exists()
