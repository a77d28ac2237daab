"""Whether a condition of a conditional promotion was met."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessments import actions
from assessments.forms.objections import SettlingForm
from assessments.models import DecisionCondition
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission


@requires(Permission.CLASS_PROPOSE, Permission.CLASS_DECIDE)
def settle(request, pk):
    rows = DecisionCondition.objects.visible_to(request.user).select_related("decision__enterprise")
    one = get_object_or_404(rows, pk=pk)
    form = SettlingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_met = form.cleaned_data["met"] == "ya"
        try:
            actions.settle_condition(one, is_met=is_met, note=form.cleaned_data["note"], by=request.user)
        except ValidationError as error:
            messages.error(request, words_of(error))
        else:
            messages.success(request, _("Hasil syarat dicatat."))
        return redirect(one.decision)
    return render(
        request,
        "assessments/settle_condition.html",
        {"condition": one, "decision": one.decision, "form": form},
    )
