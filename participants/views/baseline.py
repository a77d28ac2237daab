"""The figures an enterprise is asked for, filled in by its owner or on its behalf; and those of a year."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants import actions
from participants.forms.baseline import AnnualFigureForm, FiguresForm
from participants.models import Enterprise, IndicatorAnswer
from participants.told import questions_for, set_of, standing_of
from participants.views.enterprises import enterprise_of, form_page
from participants.views.own import own_enterprise
from participants.views.saving import is_good, saved

Channel = IndicatorAnswer.Channel


@requires(Permission.ENTERPRISE_EDIT_OWN)
def my_figures(request):
    """The owner's own figures on one page: what is asked now, and what is known already."""
    enterprise = own_enterprise(request)
    if enterprise is None:
        return redirect("participants:my_enterprise")
    here = f"{reverse('participants:my_figures')}?ikm={enterprise.code}"
    return figures_page(request, enterprise, channel=Channel.OWNER, here=here)


@requires(Permission.FIGURE_ENTER)
def record_figures(request, code):
    """The same page for staff and the mentor, who fill it in for an enterprise and are named as doing so."""
    enterprise = enterprise_of(request, code)
    here = reverse("participants:record_figures", args=[code])
    return figures_page(request, enterprise, channel=Channel.ON_BEHALF, here=here)


def figures_page(request, enterprise: Enterprise, *, channel: str, here: str):
    """Ask what is due; ?ubah= opens one figure that is known, to put it right."""
    questions = questions_for(enterprise)
    opened = request.GET.get("ubah", "")
    asked = [one for one in questions if one.code == opened] or [one for one in questions if one.is_due]
    form = FiguresForm(request.POST or None, questions=asked)
    if is_good(request, form):
        done = saved(
            form, actions.record_answers, enterprise, form.answers(), by=request.user, channel=channel
        )
        if done is not None:
            messages.success(request, _("Angka tersimpan. Terima kasih."))
            return redirect(here)
    context = {
        "enterprise": enterprise,
        "form": form,
        "questions": questions,
        "known": [one for one in questions if one.told and one not in asked],
        "standings": [standing_of(one.line.indicator, one.told) for one in questions if one.told],
        "indicator_set": set_of(enterprise),
        "is_first": not any(one.told for one in questions),
        "is_correction": bool(opened and asked and asked[0].code == opened),
        "on_behalf": channel == Channel.ON_BEHALF,
        "here": here,
    }
    return render(request, "participants/figures.html", context)


@requires(Permission.ENTERPRISE_EDIT)
def add_figure(request, code):
    """Record what an enterprise reports for a year."""
    enterprise = enterprise_of(request, code)
    form = AnnualFigureForm(request.POST or None)
    if is_good(request, form) and saved(
        form, actions.record_annual_figure, enterprise, by=request.user, **form.cleaned_data
    ):
        messages.success(request, _("Angka tahunan tersimpan."))
        return redirect("participants:detail", code)
    return form_page(request, enterprise, form, _("Catat angka tahunan"))
