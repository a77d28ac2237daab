"""Tasks about findings: mendings to check, what is late, what holds still, and what an owner has to mend."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import EffectivenessCheck, Finding
from closedloop.accounts.models import User
from closedloop.core.formats import date_medium
from closedloop.dashboard.present import here
from closedloop.dashboard.task import Task
from participants.models import Enrolment


def findings_to_check(user: User, today: date) -> Iterator[Task]:
    findings = here(Finding.objects.visible_to(user).open())
    if count := findings.filter(status=Finding.Status.PROPOSED).count():
        yield Task(
            "assessments:findings",
            _("Perbaikan menunggu pemeriksaan"),
            _("IKM sudah mengirim bukti sesudah perbaikan"),
            f"{reverse('assessments:findings')}?status=proposed",
            _("Periksa"),
            count=count,
        )
    if count := findings.filter(due_on__lt=today).exclude(status=Finding.Status.PROPOSED).count():
        yield Task(
            "assessments:findings",
            _("Temuan lewat tenggat"),
            _("Hubungi IKM atau ubah tenggat dengan alasan"),
            f"{reverse('assessments:findings')}?lewat=1",
            _("Lewat batas"),
            "bad",
            count=count,
        )


def own_findings(user: User, today: date) -> Iterator[Task]:
    findings = here(Finding.objects.visible_to(user)).exclude(status=Finding.Status.CLOSED).order_by("due_on")
    for finding in findings[:5]:
        proposed, late = finding.status == Finding.Status.PROPOSED, finding.due_on < today
        yield Task(
            "assessments:my_findings",
            finding.problem,
            _("Bukti Anda sedang diperiksa mentor")
            if proposed
            else _("Kirim foto paling lambat %(day)s") % {"day": date_medium(finding.due_on)},
            reverse("assessments:finding", args=[finding.code]),
            _("Diperiksa") if proposed else _("Lewat batas") if late else _("Belum"),
            "info" if proposed else "bad" if late else "todo",
        )


def effects_to_check(user: User, today: date) -> Iterator[Task]:
    """Checks whose day has come, of findings that the person neither closed nor mended."""
    due = EffectivenessCheck.objects.visible_to(user).due_by(today).exclude(closer=user)
    due = due.exclude(finding__actions__entered_by=user)
    due = due.exclude(finding__enterprise__in=Enrolment.objects.away().values("enterprise"))
    if count := due.count():
        yield Task(
            "assessments:findings",
            _("Perbaikan menunggu cek keefektifan"),
            _("Lihat lagi apakah masalahnya tidak terulang"),
            f"{reverse('assessments:findings')}?cek=jatuh-tempo",
            _("Cek"),
            count=count,
        )
