"""From an empty site to the first session: what has been done, read from the records."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from closedloop.accounts.models import User
from closedloop.accounts.permissions import GRANTS, Permission
from closedloop.accounts.roles import Role
from closedloop.dashboard.pins import pins_of
from participants.models import Cohort, MentorAssignment
from trainings.models import TrainingSession


@dataclass(frozen=True)
class Step:
    """One thing to do; `url` is None where the reader must ask somebody else."""

    title: str
    text: str
    is_done: bool
    url: str | None = None


def cohort_to_set_up(chosen: str = "") -> Cohort | None:
    """Return the cohort of this code, else the newest that is not closed; None on an empty site."""
    cohorts = Cohort.objects.not_closed()
    return cohorts.filter(code=chosen).first() or cohorts.order_by("-created_at").first()


def steps_of(cohort: Cohort | None, reader: User) -> list[Step]:
    """Return the way to the first session with what is done; a fixed number of queries."""
    if cohort is None:
        return [Step(title, text, is_done=False) for title, text in words_of_steps()]
    code = cohort.code
    mentors = User.objects.active().with_role(Role.MENTOR).exists()
    mentors = mentors or MentorAssignment.objects.filter(enrolment__cohort=cohort).exists()
    session = TrainingSession.objects.live().filter(cohort=cohort).order_by("starts_at").first()
    done = (
        (True, cohort.get_absolute_url()),
        (None not in vars(pins_of(cohort)).values(), reverse("dashboard:cohort_pins", args=[code])),
        (mentors, reverse("accounts:invite") if reader.may(Permission.USER_INVITE) else None),
        (cohort.enrolments.exists(), reverse("participants:enrol", args=[code])),
        (
            session is not None,
            session.get_absolute_url() if session else f"{reverse('trainings:session_add')}?angkatan={code}",
        ),
    )
    return [
        Step(title, text, is_done=is_done, url=url)
        for (title, text), (is_done, url) in zip(words_of_steps(), done, strict=True)
    ]


def words_of_steps() -> list[tuple[str, str]]:
    who = " / ".join(
        str(Role(role).label) for role, granted in GRANTS.items() if Permission.USER_INVITE in granted
    )
    return [
        (_("Program dan angkatan"), _("Nama, tanggal, dan kuota.")),
        (_("Kurikulum, rubrik, dan indikator"), _("Sudah terisi contoh bawaan; boleh diganti nanti.")),
        (
            _("Mentor dan petugas"),
            _("Undang lewat email. Yang mengundang: %(who)s. Boleh dikerjakan nanti.") % {"who": who},
        ),
        (_("IKM peserta"), _("Impor lembar pendaftaran, tambah satu per satu, atau nanti.")),
        (_("Sesi pertama"), _("Jadwalkan; kode sesinya langsung tersedia.")),
    ]
