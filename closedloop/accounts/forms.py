"""Forms about accounts."""

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from closedloop.accounts.models import Organisation, User
from closedloop.accounts.permissions import MAY_INVITE
from closedloop.accounts.roles import PROGRAMME_ROLES, Role
from closedloop.core.forms import form_helper
from closedloop.core.phone import to_e164


class PhoneMixin:
    """Read a phone number however it was typed, and store one form of it."""

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return to_e164(typed)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class InvitationForm(PhoneMixin, forms.Form):
    """Who is invited, and as what. Owners and buyers are invited from the page of their company."""

    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi nama lengkap.")}
    )
    email = forms.EmailField(
        label=_("Email"),
        error_messages={
            "required": _("Isi alamat email."),
            "invalid": _("Tulis alamat email seperti nama@contoh.id."),
        },
    )
    title = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Nomor HP"), required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    role = forms.ChoiceField(
        label=_("Peran"),
        error_messages={"required": _("Pilih peran."), "invalid_choice": _("Pilih peran dari daftar.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("Lembaga"),
        queryset=Organisation.objects.all(),
        error_messages={"required": _("Pilih lembaga.")},
    )

    def __init__(self, *args, by: User, **options):
        super().__init__(*args, **options)
        invitable = MAY_INVITE.get(by.role, frozenset()) & PROGRAMME_ROLES
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in invitable]
        self.helper = form_helper()

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("Alamat ini sudah punya akun."))
        return email


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "short_name", "kind", "province"]
        error_messages = {
            "name": {"required": _("Isi nama lembaga.")},
            "short_name": {"required": _("Isi singkatan.")},
            "kind": {"required": _("Pilih jenis lembaga.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def clean(self):
        data = super().clean()
        if data.get("kind") == Organisation.Kind.REGIONAL_OFFICE and not data.get("province"):
            self.add_error("province", _("Pilih provinsi tempat dinas itu bekerja."))
        return data


class ProfileForm(PhoneMixin, forms.Form):
    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=120, error_messages={"required": _("Isi nama lengkap.")}
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()


class FirstPasswordForm(forms.Form):
    """The first password; shown on request, pasted freely, checked against the person's own words."""

    password = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_(
            "Paling sedikit 12 karakter. Beberapa kata yang mudah Anda ingat lebih baik daripada satu kata rumit."
        ),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Isi kata sandi.")},
    )

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user
        self.helper = form_helper()

    def clean_password(self):
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password
