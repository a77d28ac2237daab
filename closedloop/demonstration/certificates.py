"""Certificates of finished modules; one was printed with a wrong name, one was given to the wrong person."""

from closedloop.demonstration.show import Show, Story
from participants.actions import update_person
from trainings.actions import issue_certificates, replace_certificate, revoke_certificate
from trainings.models import Certificate

# module: days ago when its certificates were issued
FOURTH = {"BM": 345, "5R": 345, "K3L": 344, "TEK": 344, "PSR": 343, "KEU": 343}
FIFTH = {"BM": 262, "K3L": 190}
MISSPELT = "Mekar Bubut Presisi"
NOT_THERE = "Lintang Kampas"


def certificates(show: Show) -> None:
    """Tell what was issued to both rounds, and what became of two of the papers."""
    for code, days in (("angkatan-4", FOURTH), ("angkatan-5", FIFTH)):
        for module, day in days.items():
            show.tell(issued(show, code, module, day))
    show.tell(printed_anew(show))
    show.tell(taken_back(show))


def issued(show: Show, cohort: str, module: str, day: int) -> Story:
    """All who earned the certificate of one module get it on one day."""
    yield show.at(day, "13.20")
    issue_certificates(show.cast.cohorts[cohort], show.cast.module(cohort, module), by=show.cast.staff)


def one_of(enterprise: str, module: str) -> Certificate:
    found = Certificate.objects.valid().filter(enrolment__enterprise__name=enterprise, module__code=module)
    return found.select_related("person", "enrolment__cohort", "enrolment__enterprise", "module").earliest(
        "id"
    )


def printed_anew(show: Show) -> Story:
    """The holder's academic title was missing: the person is put right, then the paper."""
    yield show.at(322, "10.40")
    certificate = one_of(MISSPELT, "BM")
    holder = certificate.person
    update_person(holder, by=show.cast.staff, full_name=f"{holder.full_name}, S.T.")
    replace_certificate(certificate, "Gelar pemegang belum tertulis pada sertifikat.", by=show.cast.staff)


def taken_back(show: Show) -> Story:
    """Somebody else had sat in the class in the holder's name."""
    yield show.at(318, "14.30")
    reason = "Sesi kedua ternyata diikuti orang lain atas nama pemegang; daftar hadir sudah dikonfirmasi."
    revoke_certificate(one_of(NOT_THERE, "PSR"), reason, by=show.cast.staff)
