"""Forms about pictures of an enterprise."""

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.forms import KeyedForm, form_helper
from closedloop.core.photos import PhotoField
from participants.models import Photo, Product


class PhotoForm(KeyedForm):
    """A new picture, of the workshop, a machine or one of the enterprise's products."""

    photo = PhotoField(label=_("Foto"), help_text=_("JPG, PNG, atau WEBP, paling besar 15 MB."))
    subject = forms.ChoiceField(label=_("Foto tentang"), choices=Photo.Subject.choices)
    product = forms.ModelChoiceField(
        label=_("Produk"),
        queryset=Product.objects.none(),
        required=False,
        empty_label=_("Bukan foto satu produk"),
    )
    caption = forms.CharField(
        label=_("Keterangan"),
        max_length=120,
        help_text=_("Apa yang terlihat, misalnya Mesin press 110 ton di lini dua."),
        error_messages={"required": _("Isi keterangan foto.")},
    )

    def __init__(self, *args, enterprise, **options):
        super().__init__(*args, **options)
        self.fields["product"].queryset = enterprise.products.all()

    def clean(self):
        super().clean()
        if self.cleaned_data.get("product"):
            self.cleaned_data["subject"] = Photo.Subject.PRODUCT
        return self.cleaned_data


class CaptionForm(forms.ModelForm):
    """What a picture shows, said differently."""

    class Meta:
        model = Photo
        fields = ["caption"]
        error_messages = {"caption": {"required": _("Isi keterangan foto.")}}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
