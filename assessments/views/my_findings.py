"""What an owner has to mend, the first due on top, and what to do next about each."""

from django.shortcuts import render
from django.utils import timezone

from assessments.before_after import with_before
from assessments.finding_words import SHORT_STEPS
from assessments.models import Finding
from assessments.next_step import next_step
from assessments.views.shared import FINDING_TONES
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from trainings.action_words import due_text


@requires(Permission.FINDING_PROPOSE)
def my_findings(request):
    rows = list(Finding.objects.visible_to(request.user).for_lists().order_by("status", "due_on"))
    today, shown = timezone.localdate(), with_before(rows)
    for row in rows:
        row.tone, row.is_late = FINDING_TONES[row.status], row.is_open and row.due_on < today
        row.due = due_text(row.due_on, today)
        row.step = SHORT_STEPS[
            next_step(
                row.status,
                is_critical=row.is_critical,
                dimension=row.dimension,
                whys=row.whys,
                root_cause=row.root_cause,
                has_before=row.pk in shown,
            )
        ]
    context = {
        "open_rows": sorted((row for row in rows if row.is_open), key=lambda row: row.due_on),
        "closed_rows": [row for row in rows if not row.is_open],
    }
    return render(request, "assessments/my_findings.html", context)
