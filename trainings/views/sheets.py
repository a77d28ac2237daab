"""Paper lists of a session: printed, photographed, typed in with a look at what will be marked."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from closedloop.core.files import inline
from trainings import actions
from trainings.forms.sheets import PrintForm, SheetPhotosForm, TypedForm
from trainings.models import Sheet, SheetPhoto, TrainingSession
from trainings.planned_rows import planned_rows
from trainings.qr import address_qr
from trainings.views.rostering import of_session

GUEST_LINES = 4


def of_sheet(view):
    """Give the view the sheet of the address, if the reader may know of its session."""

    @wraps(view)
    def wrapper(request, code):
        sheets = Sheet.objects.visible_to(request.user).select_related(
            "session__regency__province", "session__cohort", "session__module", "session__trainer", "typed_by"
        )
        return view(request, get_object_or_404(sheets, code=code.upper()))

    return wrapper


@requires(Permission.SESSION_RUN)
@of_session
def session_sheets(request, session):
    """The sheets of a session; a press prints a new one."""
    if request.method == "POST":
        form = PrintForm(request.POST)
        if form.is_valid():
            try:
                return redirect(actions.print_sheet(session, by=request.user, **form.values()))
            except ValidationError as error:
                messages.error(request, error.message)
        return redirect("trainings:session_sheet", session.code)
    sheets = session.sheets.select_related("printed_by", "typed_by").prefetch_related("photos")
    context = {"session": session, "sheets": sheets, "form": PrintForm()}
    return render(request, "trainings/session_sheets.html", context)


@requires(Permission.SESSION_RUN)
@of_sheet
def sheet(request, sheet):
    """The paper itself, as it was when it was made."""
    context = {
        "sheet": sheet,
        "session": sheet.session,
        "guest_lines": range(GUEST_LINES),
        "qr": address_qr(settings.SITE_URL + reverse("trainings:fill_sheet", args=[sheet.code])),
    }
    return render(request, "trainings/sheet.html", context)


@requires(Permission.SESSION_RUN)
@of_sheet
def fill(request, sheet):
    """Type the exceptions, look at what will be marked, save."""
    asked = request.POST if request.method == "POST" else request.GET
    form = TypedForm(asked if "isi" in asked or request.method == "POST" else None, sheet=sheet)
    rows = planned_rows(sheet, form.exceptions) if form.is_bound and form.is_valid() else []
    if request.method == "POST" and rows:
        try:
            changed = actions.fill_sheet(
                sheet, form.exceptions, by=request.user, typed=form.cleaned_data["isi"]
            )
        except ValidationError as error:
            form.add_error("isi", error.message)
        else:
            text = ngettext("%(n)d baris dicatat.", "%(n)d baris dicatat.", len(changed))
            messages.success(request, text % {"n": len(changed)})
            return redirect(sheet.session)
    context = {
        "sheet": sheet,
        "session": sheet.session,
        "form": form,
        "rows": rows,
        "exceptions": [row for row in rows if row.exception],
        "changes": sum(bool(row.becomes) for row in rows),
        "is_open": sheet.session.status == TrainingSession.Status.OPEN,
        "photos_form": SheetPhotosForm(),
        "photos": thumbs_of(sheet),
    }
    return render(request, "trainings/fill_sheet.html", context)


@require_POST
@requires(Permission.SESSION_RUN)
@of_sheet
def add_photos(request, sheet):
    """Keep the pages of the filled sheet as evidence."""
    form = SheetPhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        for text in form.errors.get("photos", []):
            messages.error(request, text)
    else:
        kept = actions.add_sheet_photos(sheet, form.cleaned_data["photos"], by=request.user)
        text = ngettext("%(n)d foto tersimpan.", "%(n)d foto tersimpan.", kept)
        messages.success(request, text % {"n": kept} if kept else _("Foto itu sudah ada."))
    return redirect("trainings:fill_sheet", sheet.code)


@require_safe
@requires(Permission.SESSION_RUN)
def photo(request, pk):
    """One page of a filled sheet."""
    page = get_object_or_404(SheetPhoto.objects.visible_to(request.user).select_related("sheet"), pk=pk)
    return inline(page.photo, f"lembar-{page.sheet.code}")


def thumbs_of(sheet) -> list[dict]:
    """Return the sheet's photos as the thumbs component takes them."""
    return [
        {
            "url": (address := reverse("trainings:sheet_photo", args=[page.pk])),
            "thumb": address,
            "alt": _("Halaman %(n)d dari lembar %(code)s") % {"n": number, "code": sheet.code},
            "caption": "",
            "remove": "",
        }
        for number, page in enumerate(sheet.photos.all(), 1)
    ]
