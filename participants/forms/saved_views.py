"""Forms about lists under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core.forms import KeyedForm


class SavedViewForm(KeyedForm):
    """The name of a view, and whether the others of the programme see it too."""

    name = forms.CharField(
        label=_("Nama tampilan"),
        max_length=60,
        help_text=_("Misalnya: Knalpot Tegal tanpa mentor."),
        error_messages={"required": _("Isi nama tampilan.")},
    )
    is_shared = forms.BooleanField(
        label=_("Bagikan kepada semua petugas, pimpinan, mentor, dan penilai"),
        required=False,
        help_text=_("Setiap orang tetap hanya melihat IKM yang boleh dilihatnya."),
    )

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        if not user.may(Permission.ENTERPRISE_EDIT):
            del self.fields["is_shared"]
