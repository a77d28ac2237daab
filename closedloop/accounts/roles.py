"""Who there is. What each may do stands in `permissions.py`, and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A person's part in the programme; stored as a plain word, so that renaming a class breaks nothing."""

    LEAD = "lead", _("Pimpinan program")
    STAFF = "staff", _("Admin program")
    MENTOR = "mentor", _("Mentor")
    ASSESSOR = "assessor", _("Penilai")
    OWNER = "owner", _("Pemilik IKM")
    BUYER = "buyer", _("Mitra industri")
    VIEWER = "viewer", _("Pengamat")
    ADMIN = "admin", _("Admin sistem")


# roles that work for an organisation of the programme, not for an IKM or a buyer
PROGRAMME_ROLES = frozenset({Role.LEAD, Role.STAFF, Role.MENTOR, Role.ASSESSOR, Role.VIEWER, Role.ADMIN})
# roles that may know of every IKM
OVERSIGHT_ROLES = frozenset({Role.LEAD, Role.STAFF, Role.VIEWER, Role.ADMIN})
