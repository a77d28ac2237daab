"""One row of a previewed import beside the records that it may repeat, and what a person decides about it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.actions import import_as_new
from participants.actions.row_decisions import changes_onto, import_onto, row_as_read, skip_row
from participants.likeness import alike
from participants.models import Enterprise, ImportBatch, ImportRow
from participants.side_by_side import row_beside
from participants.views.saving import refused


@requires(Permission.ENTERPRISE_IMPORT)
def compare_row(request, pk):
    """The row and what the register has; once it is decided or saved, the page leads back to the import."""
    row = get_object_or_404(
        ImportRow.objects.filter(batch__in=ImportBatch.objects.visible_to(request.user)).select_related(
            "batch__cohort", "enterprise"
        ),
        pk=pk,
    )
    is_waiting = row.outcome == ImportRow.Outcome.POSSIBLE_DUPLICATE
    if row.batch.status != ImportBatch.Status.PREVIEWED or not is_waiting:
        messages.info(request, _("Baris ini tidak menunggu keputusan."))
        return redirect(row.batch)
    candidates = candidates_of(request, row)
    if request.method == "POST" and decided(request, row, candidates):
        return redirect(row.batch)
    context = {
        "row": row,
        "candidates": [
            {
                "enterprise": one,
                "lines": row_beside(row_as_read(row), one),
                "changes": ImportRow(values={"changes": changes_onto(row, one)}),
            }
            for one in candidates
        ],
    }
    return render(request, "participants/compare_row.html", context)


def candidates_of(request, row: ImportRow) -> list[Enterprise]:
    """Return the records that the row may repeat, the one that its check found first."""
    known = Enterprise.objects.visible_to(request.user)
    read = row_as_read(row)
    found = {
        one.enterprise.pk: one.enterprise
        for one in alike(known, name=read.name, phones=[read.phone or ""], regency_id=read.regency_code)
    }
    if row.enterprise_id and (first := known.filter(pk=row.enterprise_id).first()):
        found = {first.pk: first} | found
    return list(found.values())


def decided(request, row: ImportRow, candidates: list[Enterprise]) -> bool:
    """Do what was chosen; what stands against it is said, and False is returned."""
    choice = request.POST.get("keputusan")
    enterprise = next((one for one in candidates if one.code == request.POST.get("ikm")), None)
    try:
        if choice == "sama" and enterprise:
            import_onto(row, enterprise, by=request.user)
            text = _("Baris %(row)d dipakai untuk memperbarui %(name)s.")
        elif choice == "baru":
            import_as_new(row, by=request.user)
            text = _("Baris %(row)d ikut disimpan sebagai IKM baru.")
        elif choice == "lewati":
            skip_row(row, by=request.user)
            text = _("Baris %(row)d dilewati.")
        else:
            raise ValidationError(_("Pilih salah satu keputusan."))
    except ValidationError as error:
        refused(request, error)
        return False
    messages.success(request, text % {"row": row.sheet_row, "name": enterprise})
    return True
