"""Where a session is and by whom it is held: the part that every form of the plan has."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.core.forms import CountField
from closedloop.regions.forms import RegencyField
from closedloop.regions.models import Regency
from trainings.forms.base import PortalForm

ZONE_UNKNOWN = gettext_lazy("Menentukan zona waktu: WIB, WITA, atau WIT.")
LARGEST_ROOM = 5000


def trainers():
    """Return the accounts that may run sessions."""
    roles = [role for role, granted in GRANTS.items() if Permission.SESSION_RUN in granted]
    return User.objects.active().with_role(*roles)


def zone_words(regency: Regency | None) -> str:
    """Return on which clock the hours of the form are read."""
    if regency is None:
        return str(ZONE_UNKNOWN)
    return _("Jam di formulir ini adalah %(zone)s, waktu di %(place)s.") % {
        "zone": regency.province.zone_label,
        "place": regency.name,
    }


def zone_of_text(text: str) -> str:
    """Return the same of a kabupaten or kota as somebody is typing it; nothing is refused."""
    try:
        return zone_words(RegencyField(required=False).clean(text))
    except ValidationError:
        return zone_words(None)


class PlaceForm(PortalForm):
    """The room, its seats, the clock on its wall, and the trainer."""

    place = forms.CharField(
        label=gettext_lazy("Tempat"),
        max_length=160,
        error_messages={"required": gettext_lazy("Isi tempat sesi")},
    )
    address = forms.CharField(label=gettext_lazy("Alamat"), max_length=300, required=False)
    regency = RegencyField(
        label=gettext_lazy("Kabupaten/kota"),
        help_text=ZONE_UNKNOWN,
        error_messages={"required": gettext_lazy("Pilih kabupaten/kota")},
    )
    seats = CountField(
        label=gettext_lazy("Kapasitas ruangan"),
        least=1,
        most=LARGEST_ROOM,
        required=False,
        help_text=gettext_lazy("Banyaknya kursi. Kosongkan bila tidak tahu."),
    )
    trainer = forms.ModelChoiceField(
        label=gettext_lazy("Narasumber"),
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Pilih narasumber"),
        error_messages={
            "required": gettext_lazy("Pilih narasumber"),
            "invalid_choice": gettext_lazy("Pilih narasumber dari daftar"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trainer"].queryset = trainers()
        field = self.fields["regency"]
        field.help_text = zone_words(self.initial.get("regency"))
        # the page says the zone while somebody is still typing; without scripts after the first look
        field.widget.attrs |= {
            "hx-get": reverse_lazy("trainings:zone"),
            "hx-trigger": "input changed delay:400ms, change",
            "hx-target": "previous .form-text",
        }

    def clean(self):
        data = super().clean()
        self["regency"].help_text = zone_words(data.get("regency"))
        return data
