"""The board's decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.board import (
    Condition,
    check_decision,
    level_after,
    possible_members,
    possible_outcomes,
)
from assessments.actions.recommending import Outcome, Recommendation
from assessments.models import ClassDecision
from closedloop.accounts.models import User
from closedloop.core.forms import DayField, form_helper
from participants.models import ClassLevel

CONDITION_NUMBERS = (1, 2, 3, 4)
FIRST_CONDITION = "condition_1"


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
    members = MemberChoice(
        label=gettext_lazy("Anggota sidang selain Anda"),
        help_text=gettext_lazy(
            "Sedikitnya satu. Penilai, pengusul, mentor, dan yang berkepentingan tidak ada di daftar."
        ),
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
        self.fields |= condition_fields()
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
        self.cleaned_data["conditions"] = conditions = self.conditions()
        if not {"outcome", "members"} <= self.cleaned_data.keys():
            return self.cleaned_data
        try:
            check_decision(
                self.decision,
                self.cleaned_data["outcome"],
                reason=self.cleaned_data.get("reason", ""),
                conditions=conditions,
                members=self.cleaned_data["members"],
                by=self.user,
                advice=self.advice,
            )
        except ValidationError as error:
            found = error.message_dict
            self.add_error(None, {FIRST_CONDITION if at == "conditions" else at: found[at] for at in found})
        return self.cleaned_data

    def conditions(self) -> list[Condition]:
        """Return the conditions that were written, each with its day, which may still be missing."""
        data = self.cleaned_data
        rows = [(data.get(f"condition_{n}") or "", data.get(f"due_{n}")) for n in CONDITION_NUMBERS]
        return [Condition(text, due) for text, due in rows if text or due]

    @property
    def values(self) -> dict:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in ("outcome", "reason", "conditions", "members")}

    @property
    def condition_rows(self) -> list[tuple]:
        return [(self[f"condition_{n}"], self[f"due_{n}"]) for n in CONDITION_NUMBERS]

    @property
    def shows_conditions(self) -> bool:
        """Whether the rows of conditions stand open: somebody wrote there, or was told to."""
        return any(field.value() or field.errors for row in self.condition_rows for field in row)

    @property
    def level_after(self) -> int:
        return level_after(self.decision, self.cleaned_data["outcome"])


def condition_fields() -> dict[str, forms.Field]:
    """Return the pairs of fields of the conditions."""
    found: dict[str, forms.Field] = {}
    for n in CONDITION_NUMBERS:
        found[f"condition_{n}"] = forms.CharField(
            label=_("Syarat %(n)d") % {"n": n}, max_length=300, required=False
        )
        found[f"due_{n}"] = DayField(label=_("Tenggat syarat %(n)d") % {"n": n}, required=False)
    return found


class DeclarationForm(forms.Form):
    """Everybody who sits, the signer too, says that they have no interest in this IKM."""

    declared = MemberChoice(
        label=gettext_lazy("Menyatakan tidak berkepentingan pada IKM ini"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Centang pernyataan tiap anggota sidang"),
            "invalid_choice": gettext_lazy("Centang pernyataan tiap anggota sidang"),
        },
    )

    def __init__(self, *args, board, **options):
        super().__init__(*args, **options)
        self.helper = form_helper()
        self.board = {person.pk for person in board}
        self.fields["declared"].queryset = User.objects.filter(pk__in=self.board).select_related(
            "organisation"
        )

    def clean_declared(self):
        said = self.cleaned_data["declared"]
        if {person.pk for person in said} != self.board:
            raise ValidationError(
                _("Pernyataan tidak berkepentingan belum lengkap. Yang berkepentingan tidak ikut bersidang.")
            )
        return said


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
