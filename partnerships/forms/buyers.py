"""Forms of buyers and their people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import CountField, KeyedForm
from closedloop.core.phone import InvalidPhone, to_e164
from closedloop.regions.forms import RegencyField
from partnerships.models import Buyer


class BuyerForm(KeyedForm):
    name = forms.CharField(
        label=_("Nama perusahaan"), max_length=160, error_messages={"required": _("Isi nama perusahaan.")}
    )
    tier = forms.ChoiceField(label=_("Tingkat"), choices=Buyer.Tier.choices, initial=Buyer.Tier.TIER1)
    regency = RegencyField(label=_("Kabupaten/kota"), required=False)
    address = forms.CharField(label=_("Alamat"), max_length=300, required=False)
    grace_days = CountField(
        label=_("Kelonggaran kirim (hari)"),
        initial=0,
        error_messages={"required": _("Isi kelonggaran, 0 bila tidak ada.")},
        help_text=_("Kiriman masih tepat waktu sampai sekian hari setelah jatuh tempo."),
    )
    max_early_days = CountField(
        label=_("Paling awal (hari)"),
        initial=1,
        error_messages={"required": _("Isi berapa hari kiriman boleh lebih awal.")},
        help_text=_("Kiriman yang datang lebih awal dari ini tidak dihitung tepat waktu."),
    )

    def clean_grace_days(self):
        return self.within_a_quarter("grace_days")

    def clean_max_early_days(self):
        return self.within_a_quarter("max_early_days")

    def within_a_quarter(self, name):
        if self.cleaned_data[name] > 90:
            raise ValidationError(_("Paling banyak 90 hari."))
        return self.cleaned_data[name]


class ContactForm(KeyedForm):
    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi nama lengkap.")}
    )
    title = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Undangan ke portal dikirim ke sini."),
        error_messages={"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
    )
    phone = forms.CharField(
        label=_("Nomor HP"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        try:
            return to_e164(typed) if typed else ""
        except InvalidPhone as error:
            raise ValidationError(error.message) from error
