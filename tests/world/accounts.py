"""The fixed cast of the access table."""

from functools import cached_property

from closedloop.accounts.roles import Role
from tests.factories.accounts import UserFactory


class Cast:
    """One person per role, and beside each role that is bound to records a stranger of the same role."""

    @cached_property
    def lead(self):
        return UserFactory(role=Role.LEAD, full_name="Pimpinan Contoh")

    @cached_property
    def staff(self):
        return UserFactory(role=Role.STAFF, full_name="Petugas Contoh")

    @cached_property
    def mentor(self):
        return UserFactory(role=Role.MENTOR, full_name="Mentor Contoh")

    @cached_property
    def other_mentor(self):
        return UserFactory(role=Role.MENTOR, full_name="Mentor Lain")

    @cached_property
    def assessor(self):
        return UserFactory(role=Role.ASSESSOR, full_name="Penilai Contoh")

    @cached_property
    def owner(self):
        return UserFactory(role=Role.OWNER, full_name="Pemilik Contoh")

    @cached_property
    def other_owner(self):
        return UserFactory(role=Role.OWNER, full_name="Pemilik Lain")

    @cached_property
    def buyer(self):
        return UserFactory(role=Role.BUYER, full_name="Pembeli Contoh")

    @cached_property
    def other_buyer(self):
        return UserFactory(role=Role.BUYER, full_name="Pembeli Lain")

    @cached_property
    def viewer(self):
        return UserFactory(role=Role.VIEWER, full_name="Pengamat Contoh")

    @cached_property
    def admin(self):
        return UserFactory(role=Role.ADMIN, full_name="Operator Contoh")
