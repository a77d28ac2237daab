"""What a trainer sees at a factory, line by line, on a phone."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from closedloop.core.photos import PhotoField
from trainings.forms.base import PortalForm
from trainings.models import VisitAnswer


class VisitForm(PortalForm):
    """One choice and one remark for each line; with `is_whole` no line may be left out."""

    def __init__(
        self,
        *args,
        answers: Iterable[VisitAnswer],
        summary: str = "",
        is_whole: bool = True,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.orders = []
        for answer in answers:
            self.orders.append(answer.order)
            self.fields[f"verdict_{answer.order}"] = forms.ChoiceField(
                label=answer.title,
                choices=VisitAnswer.Verdict.choices,
                widget=forms.RadioSelect(attrs={"data-look": "score"}),
                required=is_whole,
                initial=answer.verdict,
                error_messages={
                    "required": _("Pilih ya, sebagian, atau belum"),
                    "invalid_choice": _("Pilih ya, sebagian, atau belum"),
                },
            )
            self.fields[f"remark_{answer.order}"] = forms.CharField(
                label=_("Keterangan"),
                max_length=200,
                required=False,
                initial=answer.remark,
                error_messages={"max_length": _("Keterangan paling panjang 200 huruf")},
            )
        self.fields["summary"] = forms.CharField(
            label=_("Yang dibawa pulang"),
            help_text=_("Apa yang dapat ditiru IKM lain dari pabrik ini."),
            max_length=1000,
            required=False,
            initial=summary,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"max_length": _("Paling panjang 1000 huruf")},
        )

    def answers(self) -> dict[int, tuple[str, str]]:
        """Return (verdict, remark) by the number of the line."""
        said = self.cleaned_data
        return {order: (said[f"verdict_{order}"], said[f"remark_{order}"].strip()) for order in self.orders}


class VisitPhotoForm(PortalForm):
    """A photo of what was seen."""

    photo = PhotoField(
        label=_("Foto"),
        help_text=_("JPG, PNG, atau WEBP, paling besar 15 MB."),
        error_messages={"required": _("Tambah foto.")},
    )
