"""How far each part of an agreement has come, from the enquiry to routine supply; and the draft that renews it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from partnerships.actions.milestones import set_milestones
from partnerships.actions.renewals import renew
from partnerships.forms.milestones import MilestonesForm
from partnerships.models import Milestone, ScopeLine
from partnerships.views.shared import Refused, agreement_of, errors_on, say


@require_safe
@requires(Permission.AGREEMENT_VIEW)
def milestones(request, code):
    """Every part one may know of, with the planned and the reached day of each step."""
    record = agreement_of(request, code)
    lines = ScopeLine.objects.visible_to(request.user).filter(agreement=record)
    today = timezone.localdate()
    rows = [
        track_of(line, today)
        for line in lines.select_related("enterprise", "buyer")
        .prefetch_related("milestones")
        .order_by("enterprise__name", "part_name")
    ]
    context = {
        "agreement": record,
        "rows": rows,
        "steps": [label for _step, label in Milestone.Step.choices],
        "may_manage": request.user.may(Permission.AGREEMENT_MANAGE) and record.is_signed,
    }
    return render(request, "partnerships/milestones.html", context)


def track_of(line: ScopeLine, today) -> dict:
    """Return a part with its seven steps; a step is late when its planned day passed and it is not reached."""
    known = {row.step: row for row in line.milestones.all()}
    steps = []
    for step, label in Milestone.Step.choices:
        row = known.get(step)
        planned, reached = (row.planned_on, row.reached_on) if row else (None, None)
        is_late = bool(planned and not reached and planned < today)
        steps.append({"label": label, "planned": planned, "reached": reached, "is_late": is_late})
    return {"line": line, "steps": steps, "reached": sum(1 for step in steps if step["reached"])}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def edit_milestones(request, pk):
    """Set the days of one part."""
    lines = ScopeLine.objects.visible_to(request.user).select_related("agreement", "enterprise", "buyer")
    line = get_object_or_404(lines, pk=pk)
    initial = {}
    for row in line.milestones.all():
        initial |= {f"{row.step}_planned": row.planned_on, f"{row.step}_reached": row.reached_on}
    form = MilestonesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with errors_on(form):
                set_milestones(line, form.values(), by=request.user)
        except Refused:
            pass
        else:
            messages.success(request, _("Tonggak tersimpan."))
            return redirect("partnerships:milestones", code=line.agreement.code)
    return render(request, "partnerships/edit_milestones.html", {"form": form, "line": line})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.AGREEMENT_MANAGE)
def renew_agreement(request, code):
    """Ask, then draft what follows; the draft opens for its own number and changes."""
    record = agreement_of(request, code)
    if request.method == "POST":
        try:
            renewal = renew(record, by=request.user)
        except ValidationError as error:
            say(request, error)
            return redirect(record)
        messages.success(request, _("Draf perpanjangan dibuat. Isi nomornya dan periksa ruang lingkupnya."))
        return redirect(reverse("partnerships:edit_agreement", args=[renewal.code]))
    context = {
        "title": _("Perpanjang %(number)s?") % {"number": record.number},
        "text": _(
            "Draf baru dibuat dengan pihak dan part yang sama, mulai sehari setelah masa ini berakhir. "
            "Perjanjian ini menjadi Diperpanjang ketika draf itu aktif."
        ),
        "consequences": [],
        "verb": _("Buat draf perpanjangan"),
        "danger": False,
        "cancel": record.get_absolute_url(),
        "form": None,
    }
    return render(request, "components/confirm.html", context)
