"""Forms about the people of an enterprise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm, PhoneField, form_helper
from participants.models import Person
from participants.seen import mark_of


class PersonForm(forms.ModelForm):
    """Somebody of the enterprise."""

    phone = PhoneField(label=_("Nomor HP"), required=False)

    class Meta:
        model = Person
        fields = ["full_name", "position", "phone", "email", "is_primary"]
        error_messages = {
            "full_name": {"required": _("Isi nama lengkap.")},
            "email": {"invalid": _("Tulis alamat email seperti nama@contoh.id.")},
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()

    def _get_validation_exclusions(self):
        # the action takes the place of main contact from whoever has it; no clash to report here
        return super()._get_validation_exclusions() | {"is_primary"}


class NewPersonForm(PersonForm, KeyedForm):
    def values(self) -> dict:
        values = dict(self.cleaned_data)
        # unticked leaves it to the action, which makes the first person the main contact
        return values | {"id": values.pop("key"), "is_primary": values["is_primary"] or None}


class EditPersonForm(PersonForm):
    """The same, with the mark of the values it was drawn with."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    class Meta(PersonForm.Meta):
        fields = [*PersonForm.Meta.fields, "is_active"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["seen"] = mark_of(self.instance, self._meta.fields)

    def values(self) -> dict:
        """Return the keywords of the action."""
        return dict(self.cleaned_data)
