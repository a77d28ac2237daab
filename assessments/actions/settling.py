"""Settling what first and second assessor see differently: one writes what they agreed, the other confirms it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment, Score, SecondAssessment, SecondScore
from closedloop.audit.trail import record
from closedloop.core.languages import for_others
from closedloop.notifications.actions import tell

NOTE_LENGTH = 10  # letters of what was said about it
REWRITTEN = gettext_lazy("Kesepakatan ditulis ulang sesudah halaman Anda dibuka. Baca lagi, lalu konfirmasi.")
Status = SecondAssessment.Status
Agreed = tuple[int | None, bool, str]  # value, not applicable, note


def _hold(second: SecondAssessment) -> None:
    second.refresh_from_db(from_queryset=SecondAssessment.objects.select_for_update(of=("self",)))
    if second.status != Status.HANDED_IN:
        raise ValidationError(_("Tidak ada selisih yang menunggu kesepakatan."))


def _under_the_lock(second: SecondAssessment) -> dict[UUID, SecondScore]:
    """Return the items as they stand now: what a page was drawn from may be older than the lock."""
    return {score.pk: score for score in second.scores.select_related("criterion", "area")}


@transaction.atomic
def propose_settlement(second: SecondAssessment, agreed: Mapping[SecondScore, Agreed], *, by) -> None:
    """Write what both agreed on, item by item; it may be written anew until the second assessor confirms it.

    Raises ValidationError for anybody but the first assessor, a score off the scale, or a note under ten letters.
    """
    _hold(second)
    if by.pk != second.first_id:
        raise ValidationError(_("Kesepakatan ditulis oleh penilai pertama."))
    fresh, words = _under_the_lock(second), {}
    for seen, (value, not_applicable, note) in agreed.items():
        score = fresh[seen.pk]
        if score.is_settled or not score.must_be_settled:
            continue
        if not not_applicable and value not in score.criterion.scores_allowed:
            raise ValidationError(
                _("Butir %(code)s: pilih salah satu nilai yang tersedia.") % {"code": score.place}
            )
        if len(note.strip()) < NOTE_LENGTH:
            raise ValidationError(
                _("Butir %(code)s: tulis alasan kesepakatan, paling sedikit %(n)d huruf.")
                % {"code": score.place, "n": NOTE_LENGTH}
            )
        score.settled_value = None if not_applicable else value
        score.settled_not_applicable, score.settlement_note = not_applicable, note.strip()
        score.proposed_by, score.proposed_at = by, timezone.now()
        score.save()
        words[score.place] = [score.settled_word, score.settlement_note]
    record("secondassessment.settlement_written", second, by=by, items=words)
    with for_others():
        title = _("Kesepakatan nilai %(ikm)s menunggu konfirmasi Anda") % {
            "ikm": second.assessment.enterprise
        }
    tell([second.assessor], "second.settlement", title, path=second.get_absolute_url())


@transaction.atomic
def confirm_settlement(second: SecondAssessment, scores: Iterable[SecondScore], *, by) -> None:
    """Sign what was agreed; the agreed value becomes the score that counts, and both earlier ones stay readable.

    `scores` are the items as the second assessor saw them. Raises ValidationError for anybody but the second
    assessor, for an item without a written agreement, and for one that was written anew since it was seen.
    """
    _hold(second)
    if by.pk != second.assessor_id:
        raise ValidationError(_("Kesepakatan dikonfirmasi oleh penilai kedua."))
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=second.assessment_id)
    fresh, changes = _under_the_lock(second), {}
    for seen in scores:
        score = fresh[seen.pk]
        if score.proposed_at is None:
            raise ValidationError(_("Butir %(code)s belum punya kesepakatan.") % {"code": score.place})
        if score.proposed_at != seen.proposed_at:
            raise ValidationError(REWRITTEN)
        if score.is_settled:
            continue
        score.confirmed_by, score.confirmed_at = by, timezone.now()
        score.save(update_fields=["confirmed_by", "confirmed_at"])
        changes[score.place] = [_count(assessment, score), score.settled_word]
    if not changes:
        raise ValidationError(_("Pilih butir yang Anda sepakati."))
    assessment.version += 1
    assessment.save(update_fields=["version"])
    record("assessment.settled", assessment, by=by, changes=changes)
    if not any(one.must_be_settled and not one.is_settled for one in second.scores.all()):
        second.move_to(Status.SETTLED, by=by, settled_at=timezone.now())


def _count(assessment: Assessment, score: SecondScore) -> str | None:
    """Make the agreed value the score that counts and return what it was; None where the first took it away."""
    row = assessment.scores.filter(criterion=score.criterion_id, area=score.area_id).first()
    before = str(row) if row else None
    row = row or Score(assessment=assessment, criterion=score.criterion, area=score.area)
    row.value, row.not_applicable = score.settled_value, score.settled_not_applicable
    row.note = row.note or score.settlement_note
    row.save()
    return before
