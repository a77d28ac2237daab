"""Ages, blocks and reminders of findings in words."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.ageing import Bucket
from assessments.blocking import SUPPLY, Block
from assessments.next_step import Step
from closedloop.core.formats import date_long
from participants.models import ClassLevel

if TYPE_CHECKING:
    from assessments.models import Finding
    from participants.models import Person

BUCKETS = {
    Bucket.WEEK: gettext_lazy("0–7 hari"),
    Bucket.MONTH: gettext_lazy("8–30 hari"),
    Bucket.TWO_MONTHS: gettext_lazy("31–60 hari"),
    Bucket.OLDER: gettext_lazy("lebih dari 60 hari"),
}

STEPS = {
    Step.BEFORE: gettext_lazy(
        "Ambil foto sebelum diperbaiki. Setelah diperbaiki, foto ini tidak dapat diambil lagi."
    ),
    Step.CAUSES: gettext_lazy("Tulis mengapa ini terjadi: paling sedikit dua jawaban dan akar masalahnya."),
    Step.MEND: gettext_lazy("Perbaiki, lalu kirim foto sesudah dari sudut yang sama."),
    Step.WAIT: gettext_lazy("Bukti Anda sedang diperiksa mentor. Anda tidak perlu melakukan apa pun."),
    Step.DONE: gettext_lazy("Temuan ini sudah ditutup."),
}

SHORT_STEPS = {
    Step.BEFORE: gettext_lazy("ambil foto sebelum"),
    Step.CAUSES: gettext_lazy("tulis akar masalah"),
    Step.MEND: gettext_lazy("perbaiki, lalu kirim foto sesudah"),
    Step.WAIT: gettext_lazy("diperiksa mentor"),
    Step.DONE: gettext_lazy("ditutup"),
}


def age_text(days: int) -> str:
    """Return an age in words: today, or so many days."""
    if days == 0:
        return _("ditemukan hari ini")
    return ngettext("berumur %(days)s hari", "berumur %(days)s hari", days) % {"days": days}


def block_text(block: Block, today: date) -> str:
    """Return what is blocked, since when or from which day on."""
    what = _("Siap Pasok") if block.level == SUPPLY else ClassLevel(block.level).label
    values = {"what": what, "day": date_long(block.since)}
    if block.is_now:
        return _("Menahan %(what)s sejak %(day)s.") % values
    days = (block.since - today).days
    text = ngettext(
        "Menahan %(what)s mulai %(day)s, %(days)s hari lagi.",
        "Menahan %(what)s mulai %(day)s, %(days)s hari lagi.",
        days,
    )
    return text % {**values, "days": days}


def reminder_text(finding: "Finding", person: "Person", today: date) -> str:
    """Return the message a mentor may send: what, until when, and an offer to help, never blame; in Indonesian."""
    with translation.override("id"):
        values = {
            "name": person.full_name,
            "problem": finding.problem,
            "day": date_long(finding.due_on),
        }
        if finding.due_on < today:
            text = _(
                'Selamat siang, %(name)s. Temuan "%(problem)s" tenggatnya %(day)s. Apakah ada kendala yang dapat '
                "saya bantu? Bila sudah diperbaiki, kirim fotonya lewat portal."
            )
        else:
            text = _(
                'Selamat siang, %(name)s. Mengingatkan temuan "%(problem)s", tenggatnya %(day)s. '
                "Bila sudah diperbaiki, kirim foto sesudahnya lewat portal, dari sudut yang sama."
            )
        return text % values
