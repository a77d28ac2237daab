"""What waits for a person: one list per role, read from the records, never stored.

Each task is counted in one query, so the list costs the same for one IKM and for a thousand.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, ClassDecision
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.accounts.roles import Role
from closedloop.core import formats
from closedloop.dashboard.action_tasks import actions_to_check, own_actions, sessions_without_action
from closedloop.dashboard.class_tasks import (
    classes_to_review,
    conditions_to_check,
    objections_to_answer,
    own_class,
)
from closedloop.dashboard.complaint_tasks import complaints_late, complaints_to_check, own_complaints
from closedloop.dashboard.finding_tasks import effects_to_check, findings_to_check, own_findings
from closedloop.dashboard.ledger_tasks import disputed_rows, rows_to_confirm
from closedloop.dashboard.present import here
from closedloop.dashboard.sample_tasks import samples_to_decide
from closedloop.dashboard.second_tasks import seconds_to_do, seconds_to_take
from closedloop.dashboard.self_tasks import self_ratings_due
from closedloop.dashboard.stall_tasks import agreements_to_renew, stalls_to_answer, stalls_to_look_at
from closedloop.dashboard.task import Task
from closedloop.dashboard.visit_call_tasks import visits_to_plan
from closedloop.dashboard.visit_tasks import visits_to_confirm, visits_to_fill, visits_unconfirmed
from participants.models import (
    Application,
    ApplicationReview,
    Enrolment,
    FollowUp,
    ImportBatch,
    MentorAssignment,
)
from partnerships.models import Agreement, Delivery
from trainings.models import Attendance, CorrectionRequest, Excuse, Guest, TrainingSession

PATIENCE = timedelta(days=7)  # after which an unconfirmed delivery is called late


def tasks_for(user: User, *, today: date | None = None) -> list[Task]:
    """Return what waits for the person, most urgent first; an empty list when nothing does."""
    finders = FINDERS.get(user.role, ())
    day = today or timezone.localdate()
    return [task for find in finders for task in find(user, day)]


def counts_of(tasks: list[Task]) -> dict[str, int]:
    """Return how many things wait behind each menu item: {URL name: count}."""
    counts: dict[str, int] = {}
    for task in tasks:
        if isinstance(task.count, int):
            counts[task.name] = counts.get(task.name, 0) + task.count
    return counts


def decisions_to_make(user: User, today: date) -> Iterator[Task]:
    waiting = here(ClassDecision.objects.visible_to(user).waiting())
    if count := waiting.count():
        oldest = (today - waiting.earliest("created_at").created_at.date()).days
        yield Task(
            "assessments:decisions",
            _("Usulan naik kelas menunggu keputusan"),
            _("Paling lama menunggu %(days)s hari") % {"days": oldest},
            reverse("assessments:decisions"),
            _("Putuskan"),
            count=count,
        )


def assessments_to_review(user: User, today: date) -> Iterator[Task]:
    waiting = here(Assessment.objects.visible_to(user).awaiting_review())
    if count := waiting.exclude(assessor=user).count():
        yield Task(
            "assessments:reviews",
            _("Penilaian menunggu tinjauan"),
            _("Setujui, atau kembalikan dengan alasan"),
            reverse("assessments:reviews"),
            _("Tinjau"),
            count=count,
        )


def assessments_to_finish(user: User, today: date) -> Iterator[Task]:
    own = here(Assessment.objects.visible_to(user)).filter(assessor=user)
    for assessment in own.filter(status__in=Assessment.WRITABLE).select_related("enterprise")[:10]:
        returned = assessment.status == Assessment.Status.RETURNED
        yield Task(
            "assessments:list",
            str(assessment.enterprise),
            f"{assessment.get_kind_display()}. {assessment.return_reason}"
            if returned
            else assessment.get_kind_display(),
            reverse("assessments:fill", args=[assessment.code]),
            _("Dikembalikan") if returned else _("Lanjutkan draf"),
            "bad" if returned else "todo",
        )


def sessions_to_run(user: User, today: date) -> Iterator[Task]:
    sessions = TrainingSession.objects.visible_to(user).select_related("regency__province")
    if user.role == Role.MENTOR:
        sessions = sessions.filter(trainer=user)
    running = sessions.filter(
        status__in=[TrainingSession.Status.SCHEDULED, TrainingSession.Status.OPEN],
        starts_at__date__lte=today,
    )
    for session in running.order_by("starts_at")[:5]:
        yield Task(
            "trainings:sessions",
            session.title,
            _("%(place)s, %(day)s") % {"place": session.place, "day": day_in_words(session.starts_at.date())},
            session.get_absolute_url(),
            _("Jalankan") if session.starts_at.date() == today else _("Belum ditutup"),
            "todo" if session.starts_at.date() == today else "bad",
        )


def marks_to_verify(user: User, today: date) -> Iterator[Task]:
    unverified = Attendance.objects.filter(
        session=OuterRef("pk"), verification=Attendance.Verification.RECORDED
    )
    sessions = TrainingSession.objects.visible_to(user).held().filter(Exists(unverified))
    if count := sessions.count():
        yield Task(
            "trainings:sessions",
            _("Sesi dengan kehadiran belum diverifikasi"),
            _("Kehadiran baru dihitung resmi setelah diverifikasi"),
            f"{reverse('trainings:sessions')}?verifikasi=belum",
            _("Verifikasi"),
            count=count,
        )


def guests_to_review(user: User, today: date) -> Iterator[Task]:
    if count := Guest.objects.visible_to(user).waiting().count():
        yield Task(
            "trainings:sessions",
            _("Tamu sesi yang belum ditinjau"),
            _("Kaitkan dengan IKM-nya, atau biarkan tetap tamu"),
            reverse("trainings:guests"),
            _("Tinjau"),
            "info",
            count,
        )


def requests_to_answer(user: User, today: date) -> Iterator[Task]:
    count = Excuse.objects.visible_to(user).asked().count()
    if user.may(Permission.TRAINING_MANAGE):
        count += CorrectionRequest.objects.visible_to(user).asked().count()
    if count:
        yield Task(
            "trainings:sessions",
            _("Permintaan izin dan koreksi kehadiran"),
            _("Izin dijawab sebelum sesinya ditutup"),
            reverse("trainings:requests"),
            _("Jawab"),
            count=count,
        )


def enrolments_without_mentor(user: User, today: date) -> Iterator[Task]:
    present = MentorAssignment.objects.filter(enrolment=OuterRef("pk"), ends_on=None)
    if count := Enrolment.objects.visible_to(user).on_roster().exclude(Exists(present)).count():
        yield Task(
            "participants:list",
            _("IKM tanpa mentor"),
            _("Terdaftar atau aktif, tetapi belum didampingi"),
            f"{reverse('participants:list')}?mentor=kosong",
            _("Tetapkan"),
            count=count,
        )


def follow_ups_due(user: User, today: date) -> Iterator[Task]:
    due = FollowUp.objects.visible_to(user).due_by(today).select_related("enrolment__enterprise")
    for follow_up in due[:5]:
        yield Task(
            "participants:cohorts",
            str(follow_up),
            _("Tenggat %(day)s") % {"day": day_in_words(follow_up.due_on)},
            reverse("participants:finish_follow_up", args=[follow_up.pk]),
            _("Tindak lanjuti"),
        )


def imports_to_finish(user: User, today: date) -> Iterator[Task]:
    if count := ImportBatch.objects.visible_to(user).unfinished().count():
        yield Task(
            "participants:imports",
            _("Impor belum disimpan"),
            _("Diunggah atau diperiksa, belum masuk ke daftar peserta"),
            reverse("participants:imports"),
            _("Selesaikan"),
            count=count,
        )


def applications_to_assign(user: User, today: date) -> Iterator[Task]:
    waiting = Application.objects.visible_to(user).undecided().with_filed_count().filter(seat_count__lt=2)
    if count := waiting.count():
        yield Task(
            "participants:applications",
            _("Pendaftaran belum punya penilai"),
            _("Paling lama menunggu %(days)s hari")
            % {"days": (today - waiting.earliest("submitted_at").submitted_at.date()).days},
            reverse("participants:applications"),
            _("Tunjuk penilai"),
            count=count,
        )


def applications_to_review(user: User, today: date) -> Iterator[Task]:
    if count := ApplicationReview.objects.visible_to(user).waiting().count():
        yield Task(
            "participants:applications",
            _("Pendaftaran menunggu nilai Anda"),
            _("Nilai sendiri, tanpa melihat nilai penilai lain"),
            reverse("participants:applications"),
            _("Nilai"),
            count=count,
        )


def applications_to_decide(user: User, today: date) -> Iterator[Task]:
    if count := Application.objects.visible_to(user).judged().count():
        yield Task(
            "participants:applications",
            _("Pendaftaran menunggu keputusan"),
            _("Kedua penilai sudah mengirim nilainya"),
            f"{reverse('participants:applications')}?status=in_review",
            _("Putuskan"),
            count=count,
        )


def deliveries_to_confirm(user: User, today: date) -> Iterator[Task]:
    waiting = Delivery.objects.visible_to(user).unconfirmed()
    if count := waiting.count():
        oldest = (today - waiting.earliest("delivered_on").delivered_on).days
        yield Task(
            "partnerships:confirmations",
            _("Pengiriman menunggu konfirmasi Anda"),
            _("Paling lama %(days)s hari") % {"days": oldest},
            reverse("partnerships:confirmations"),
            _("Konfirmasi"),
            count=count,
        )


def deliveries_to_verify(user: User, today: date) -> Iterator[Task]:
    deliveries = Delivery.objects.visible_to(user)
    rows = (
        (deliveries.filter(status=Delivery.Status.CONFIRMED), "confirmed", _("Pengiriman menunggu verifikasi"),
         _("Sudah dikonfirmasi pembeli"), _("Verifikasi"), "todo"),
        (deliveries.filter(status=Delivery.Status.DISPUTED), "disputed", _("Pengiriman dengan selisih"),
         _("Jumlah kedua pihak berbeda"), _("Selesaikan"), "bad"),
        (deliveries.unconfirmed().filter(delivered_on__lt=today - PATIENCE), "submitted",
         _("Pengiriman belum dikonfirmasi pembeli"), _("Lewat 7 hari"), _("Ingatkan"), "bad"),
    )  # fmt: skip
    for waiting, status, title, text, badge, tone in rows:
        if count := waiting.count():
            url = f"{reverse('partnerships:deliveries')}?status={status}"
            yield Task("partnerships:deliveries", title, text, url, badge, tone, count)


def agreements_about_to_end(user: User, today: date) -> Iterator[Task]:
    if count := Agreement.objects.visible_to(user).ending(today).count():
        yield Task(
            "partnerships:agreements",
            _("MoU berakhir dalam 30 hari"),
            _("Siapkan tinjauan dan perpanjangan"),
            f"{reverse('partnerships:agreements')}?status=ending",
            _("Siapkan"),
            "info",
            count,
        )


def consents_taken_back(user: User, today: date) -> Iterator[Task]:
    for enrolment in (
        Enrolment.objects.visible_to(user).without_consent().select_related("enterprise", "cohort")[:5]
    ):
        yield Task(
            "participants:cohorts",
            str(enrolment.enterprise),
            _("Menarik persetujuan pelatihan. Ubah status menjadi cuti atau keluar, atau catat persetujuan."),
            reverse("participants:move_enrolment", args=[enrolment.pk]),
            _("Putuskan"),
            "bad",
        )


def accounts_not_opened(user: User, today: date) -> Iterator[Task]:
    waiting = User.objects.visible_to(user).invited()
    if count := waiting.count():
        yield Task(
            "accounts:users",
            _("Undangan belum dipakai"),
            _("Kirim lagi, atau tutup akunnya"),
            reverse("accounts:users"),
            _("Lihat"),
            "info",
            count,
        )


def day_in_words(day: date) -> str:
    return formats.date_medium(day)


FINDERS: dict[str, tuple[Callable[[User, date], Iterator[Task]], ...]] = {
    Role.LEAD: (
        decisions_to_make,
        objections_to_answer,
        applications_to_decide,
        assessments_to_review,
        seconds_to_take,
        agreements_about_to_end,
    ),
    Role.STAFF: (
        sessions_to_run,
        marks_to_verify,
        visits_unconfirmed,
        visits_to_plan,
        requests_to_answer,
        guests_to_review,
        deliveries_to_verify,
        disputed_rows,
        complaints_late,
        objections_to_answer,
        conditions_to_check,
        classes_to_review,
        effects_to_check,
        consents_taken_back,
        enrolments_without_mentor,
        follow_ups_due,
        imports_to_finish,
        applications_to_assign,
        agreements_to_renew,
        stalls_to_look_at,
    ),
    Role.MENTOR: (
        sessions_to_run,
        requests_to_answer,
        applications_to_review,
        assessments_to_finish,
        findings_to_check,
        effects_to_check,
        actions_to_check,
        sessions_without_action,
        visits_to_fill,
        visits_to_plan,
    ),
    Role.ASSESSOR: (
        assessments_to_review,
        seconds_to_take,
        seconds_to_do,
        applications_to_review,
        assessments_to_finish,
        findings_to_check,
        effects_to_check,
    ),
    Role.OWNER: (
        visits_to_confirm,
        own_complaints,
        disputed_rows,
        own_actions,
        own_findings,
        own_class,
        self_ratings_due,
        stalls_to_answer,
    ),
    Role.BUYER: (
        deliveries_to_confirm,
        rows_to_confirm,
        samples_to_decide,
        stalls_to_answer,
        complaints_to_check,
    ),
    Role.ADMIN: (accounts_not_opened,),
}
