"""A mentor's or assessor's form on the workshop floor, one section at a time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import actions
from assessments.beside import self_rating_for, show_beside
from assessments.forms.filling import SectionForm, StartForm, SubmitForm, word_of
from assessments.forms.merging import shown_again
from assessments.models import Assessment, Evidence
from assessments.overview import blocks_of
from assessments.resuming import next_place
from assessments.sheet import Sheet
from assessments.views.addresses import evidence_page
from assessments.views.remarks import asked_lines, replies_form
from assessments.views.shared import words_of
from closedloop.accounts.decorators import requires
from closedloop.accounts.permissions import Permission
from participants.models import Enrolment

GAPS_NAMED = 3  # more unscored items of a section than this are counted, not named


def own(request, code: str) -> Assessment:
    """Return the person's own assessment: everybody else's is a 404 here."""
    rows = Assessment.objects.visible_to(request.user).filter(assessor=request.user)
    return get_object_or_404(rows.select_related("enterprise", "rubric", "enrolment__cohort"), code=code)


def refuse_closed(request, assessment: Assessment):
    """Return a redirect with a plain sentence when nothing may be written any more, else None."""
    if assessment.is_writable:
        return None
    status = assessment.get_status_display().lower()
    messages.warning(
        request, _("Penilaian ini berstatus %(status)s dan tidak dapat diubah.") % {"status": status}
    )
    return redirect(assessment)


@requires(Permission.ASSESSMENT_WRITE)
def start(request):
    wanted = Enrolment.objects.visible_to(request.user).on_roster()
    wanted = wanted.filter(enterprise__code=request.GET.get("ikm", "")).first()
    form = StartForm(request.POST or None, user=request.user, initial={"enrolment": wanted})
    if request.method == "POST" and form.is_valid():
        try:
            assessment = actions.start_assessment(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            asks_areas = assessment.areas.exists() and not assessment.scores.exists()
            return redirect("assessments:areas" if asks_areas else "assessments:fill", assessment.code)
    return render(request, "assessments/start.html", {"form": form})


@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def fill(request, code):
    assessment = own(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    sheet = Sheet(assessment)
    groups = {
        dimension: [(block, [task_of(assessment, one) for one in block.sections]) for block in blocks]
        for dimension, blocks in blocks_of(sheet.sections)
    }
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "groups": list(groups.items()),
        "place": place_words(assessment, sheet),
        "asked": asked_lines(assessment, sheet),
        "self_rating": self_rating_for(assessment),
    }
    return render(request, "assessments/fill.html", context)


def place_words(assessment: Assessment, sheet: Sheet) -> dict[str, str]:
    """Return where to go on, as words and an address; empty at the ends."""
    place = next_place(sheet)
    if place is None:
        return {}
    part, row = place
    url = reverse("assessments:section", args=[assessment.code, part.slug])
    words = _("Lanjutkan di %(section)s, butir %(code)s")
    words %= {"section": part.full_title, "code": row.criterion.code}
    return {"words": words, "url": f"{url}#{word_of(row.criterion.code)}"}


def task_of(assessment: Assessment, section) -> dict:
    missing_photos = sum(row.needs_photo for row in section.rows)
    state = {"done": (_("Lengkap"), "ok"), "now": (_("Dikerjakan"), "info"), "": (_("Belum mulai"), "new")}
    badge, tone = (_("Perlu foto"), "todo") if missing_photos else state[section.state]
    return {
        "url": reverse("assessments:section", args=[assessment.code, section.slug]),
        "title": section.title,
        "text": _("%(n)d dari %(m)d butir dinilai") % {"n": section.scored, "m": section.asked},
        "badge": badge,
        "tone": tone,
    }


@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def section(request, code, slug):
    assessment = own(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    sheet = Sheet(assessment)
    part = sheet.section(slug)
    if part is None:
        raise Http404
    form = SectionForm(request.POST or None, request.FILES or None, section=part, version=assessment.version)
    replies = replies_form(request, assessment, sheet, part)
    has_conflict = False
    if request.method == "POST" and form.is_valid() and replies.is_valid():
        try:
            actions.save_section(
                assessment,
                form.answers(),
                form.pictures(assessment.visited_on),
                area=part.area,
                by=request.user,
                version=form.cleaned_data["version"],
                seen=form.seen(),
            )
            actions.answer_remarks(assessment, replies.replies(), by=request.user)
        except actions.ConflictError as error:
            has_conflict = True
            sheet = Sheet(assessment)
            part = sheet.section(slug)
            form = shown_again(form, part)
            replies_form(request, assessment, sheet, part)
            form.add_error(None, error)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(after_saving(assessment, sheet, part, request.POST.get("go")))
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "section": part,
        "self_rating": show_beside(sheet, part),
        "form": form,
        "has_conflict": has_conflict,
        "just_saved": just_saved(request, sheet),
        "photos_lost": bool(form.errors and request.FILES),
        "steps": steps_of(assessment, sheet, part),
        "neighbours": neighbours(sheet, part),
        "saved_at": max((row.score.updated_at for row in part.rows if row.score), default=None),
    }
    return render(request, "assessments/section.html", context)


def neighbours(sheet: Sheet, part) -> tuple:
    """Return the sections before and after this one; None at the ends."""
    sections = sheet.sections
    at = next(n for n, one in enumerate(sections) if one.slug == part.slug)
    return (sections[at - 1] if at else None, sections[at + 1] if at + 1 < len(sections) else None)


def after_saving(assessment: Assessment, sheet: Sheet, part, go: str | None) -> str:
    """Return where the pressed button leads, and tell that page which section has just been saved."""
    if page := evidence_page(assessment, part, go or ""):
        return page
    before, after = neighbours(sheet, part)
    saved = f"?tersimpan={part.slug}"
    if go == "next" and after is None:
        return reverse("assessments:check", args=[assessment.code]) + saved
    target = {"next": after, "back": before}.get(go or "") or part
    return reverse("assessments:section", args=[assessment.code, target.slug]) + saved


def just_saved(request, sheet: Sheet) -> str:
    """Return the section that has just been saved: the browser may forget the text it kept for it."""
    slug = request.GET.get("tersimpan", "")
    return slug if sheet.section(slug) else ""


def steps_of(assessment: Assessment, sheet: Sheet, part) -> list[dict]:
    """Return the sections of the same dimension as step marks."""
    return [
        {
            "title": one.title,
            "small": f"{one.scored}/{one.asked}",
            "state": "now" if one.slug == part.slug else ("done" if one.state == "done" else ""),
            "url": reverse("assessments:section", args=[assessment.code, one.slug]),
        }
        for one in sheet.sections
        if (one.dimension.pk, one.area) == (part.dimension.pk, part.area)
    ]


@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def check(request, code):
    assessment = own(request, code)
    if closed := refuse_closed(request, assessment):
        return closed
    form = SubmitForm(request.POST or None, initial={"recommendation": assessment.recommendation})
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(assessment, by=request.user, recommendation=form.cleaned_data["recommendation"])
        except ValidationError as error:
            messages.error(
                request,
                words_of(error) if len(error.messages) == 1 else _("Lengkapi dulu yang masih kurang."),
            )
        else:
            messages.success(request, handed_in_words(assessment))
            return redirect(assessment)
    sheet = Sheet(assessment)
    gaps = [gap for part in sheet.sections for gap in gaps_of(assessment, part)]
    asked = [(line.todo, url) for line, url in asked_lines(assessment, sheet) if not line.is_answered]
    context = {
        "assessment": assessment,
        "sheet": sheet,
        "just_saved": just_saved(request, sheet),
        "gaps": gaps + asked,
        "missing": len(sheet.gaps) + len(asked),
        "loose_gaps": sheet.empty_fields,
        "form": form,
    }
    return render(request, "assessments/check.html", context)


def handed_in_words(assessment: Assessment) -> str:
    if assessment.kind == Assessment.Kind.SELF:
        return _("Penilaian mandiri diserahkan. Mentor Anda diberi tahu.")
    return _("Penilaian diajukan dan menunggu tinjauan.")


def gaps_of(assessment: Assessment, part) -> list[tuple[str, str]]:
    """Return what one section lacks with the address where it is mended; many unscored items are one line."""
    url = reverse("assessments:section", args=[assessment.code, part.slug])
    unscored = [row for row in part.rows if row.score is None]
    lines = []
    if len(unscored) > GAPS_NAMED:
        words = _("%(section)s: beri nilai %(n)d dari %(m)d butir")
        words %= {"section": part.full_title, "n": len(unscored), "m": part.asked}
        lines.append((words, f"{url}#{word_of(unscored[0].criterion.code)}"))
    for row in part.gaps:
        if row.score is not None or len(unscored) <= GAPS_NAMED:
            lines.append((row.gap, f"{url}#{word_of(row.criterion.code)}"))
    return lines


@requires(Permission.ASSESSMENT_WRITE, Permission.SELF_ASSESS)
def remove_evidence(request, pk):
    rows = Evidence.objects.visible_to(request.user).filter(assessment__assessor=request.user)
    evidence = get_object_or_404(rows.select_related("assessment", "area", "criterion__dimension"), pk=pk)
    assessment = evidence.assessment
    back = reverse("assessments:fill", args=[assessment.code])
    part = next(
        (
            one
            for one in Sheet(assessment).sections
            if one.area in (None, evidence.area)
            and any(row.criterion.pk == evidence.criterion_id for row in one.rows)
        ),
        None,
    )
    if part:
        back = reverse("assessments:section", args=[assessment.code, part.slug])
    if request.method == "POST":
        try:
            actions.remove_evidence(evidence, by=request.user)
        except ValidationError as error:
            messages.error(request, words_of(error))
        else:
            messages.success(request, _("Bukti dihapus."))
        return redirect(back)
    context = {"evidence": evidence, "assessment": assessment, "cancel": back}
    return render(request, "assessments/remove_evidence.html", context)
