"""Who reads the money of an enterprise (features.md H3), said in words beside every such field.

Worked out from the table of permissions, so that the sentence cannot say anything else than what is so.
"""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import Role

# the roles in the words an owner knows; those named alike are said once
WORDS = {
    Role.OWNER: gettext_lazy("pemilik"),
    Role.STAFF: gettext_lazy("petugas dan pimpinan program"),
    Role.LEAD: gettext_lazy("petugas dan pimpinan program"),
    Role.ADMIN: gettext_lazy("petugas dan pimpinan program"),
    Role.MENTOR: gettext_lazy("mentor pendamping"),
    Role.ASSESSOR: gettext_lazy("penilai"),
    Role.VIEWER: gettext_lazy("pengamat di provinsi ini"),
    Role.BUYER: gettext_lazy("pembeli"),
}


def readers() -> list[str]:
    """Return the roles that may open the record on which the money stands."""
    return [role for role in WORDS if Permission.ENTERPRISE_VIEW in GRANTS.get(role, set())]


def who_sees() -> str:
    """Return "Dilihat oleh: pemilik, petugas …. Tidak pernah oleh pembeli.", in the language in force."""
    seeing = ", ".join(dict.fromkeys(str(WORDS[role]) for role in readers()))
    text = _("Dilihat oleh: %(readers)s.") % {"readers": seeing}
    if Role.BUYER not in readers():
        never = _("Tidak pernah oleh pembeli.")
        text = f"{text} {never}"
    return text


who_sees_lazy = lazy(who_sees, str)


def with_readers(hint=""):
    """Return a field's help text followed by who sees the field."""
    return lazy(lambda: f"{hint} {who_sees()}".strip(), str)()
