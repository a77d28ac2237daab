"""The board's decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.deciding import (
    Outcome,
    Recommendation,
    check_decision,
    level_after,
    possible_members,
    possible_outcomes,
)
from assessments.models import ClassDecision
from closedloop.accounts.models import User
from closedloop.core.forms import form_helper
from participants.models import ClassLevel


class MemberChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, user):
        words = [user.full_name, user.title or user.get_role_display()]
        if user.organisation:
            words.append(user.organisation.short_name)
        return ", ".join(words)


class DecisionForm(forms.Form):
    """Nothing is preselected; the rules of the board are those of the action, told beside each field."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Keputusan"),
        widget=forms.RadioSelect(attrs={"data-look": "choice"}),
        error_messages={
            "required": gettext_lazy("Pilih keputusan"),
            "invalid_choice": gettext_lazy("Pilih keputusan"),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    conditions = forms.CharField(
        label=gettext_lazy("Syarat yang dipantau"),
        help_text=gettext_lazy("Wajib untuk naik dengan syarat."),
        required=False,
        max_length=500,
    )
    members = MemberChoice(
        label=gettext_lazy("Anggota sidang selain Anda"),
        help_text=gettext_lazy("Sedikitnya satu; bukan penilai dan bukan mentor IKM ini."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Pilih sedikitnya satu anggota sidang"),
            "invalid_choice": gettext_lazy("Pilih anggota sidang dari daftar"),
        },
    )

    def __init__(self, *args, decision: ClassDecision, advice: Recommendation, user, **options):
        super().__init__(*args, **options)
        self.decision, self.advice, self.user = decision, advice, user
        self.helper = form_helper()
        self.fields["outcome"].choices = outcome_choices(decision)
        self.fields["members"].queryset = possible_members(decision, by=user).select_related("organisation")
        self.fields["reason"].help_text = _(
            "Wajib, paling sedikit %(n)d huruf, bila berbeda dari rekomendasi sistem: %(outcome)s. "
            "Pemilik IKM akan membaca teks ini."
        ) % {
            "n": ClassDecision.OVERRIDE_REASON_LENGTH,
            "outcome": Outcome(advice.outcome).label,
        }

    def clean(self):
        if not {"outcome", "members"} <= self.cleaned_data.keys():
            return self.cleaned_data
        try:
            check_decision(
                self.decision,
                self.cleaned_data["outcome"],
                reason=self.cleaned_data.get("reason", ""),
                conditions=self.cleaned_data.get("conditions", ""),
                members=self.cleaned_data["members"],
                by=self.user,
                advice=self.advice,
            )
        except ValidationError as error:
            self.add_error(None, error)
        return self.cleaned_data

    @property
    def level_after(self) -> int:
        return level_after(self.decision, self.cleaned_data["outcome"])


def outcome_choices(decision: ClassDecision) -> list[tuple[str, str]]:
    """Return the choices as cards: the act, and what it means for this enterprise."""
    words = {
        Outcome.PROMOTED: (_("Naik ke %(level)s"), _("Berlaku sejak keputusan dicatat, selama 12 bulan.")),
        Outcome.CONDITIONAL: (_("Naik dengan syarat"), _("Naik ke %(level)s sekarang; syarat dipantau.")),
        Outcome.RETAINED: (
            _("Tetap %(level)s"),
            _("Belum naik; dapat diajukan lagi setelah penilaian berikut."),
        ),
        Outcome.DEMOTED: (_("Turun ke %(level)s"), _("Satu tingkat; perlu alasan.")),
    }
    choices = []
    for outcome in possible_outcomes(decision):
        name = {"level": ClassLevel(level_after(decision, outcome)).label}
        title, text = words[outcome]
        choices.append((outcome, f"{title % name}\n{text % name}"))
    return choices
