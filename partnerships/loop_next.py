"""Who must act next for a pair that stands at a step, and what. Pure, no database."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.accounts.roles import Role
from partnerships.loop import Standing, Step, Why


@dataclass(frozen=True)
class Waiting:
    """What waits at the steps, as far as it decides who is next."""

    state: str = ""  # Assessment.Status of one that is not approved yet
    has_session_to_come: bool = False
    agreement: str = ""  # Agreement.Status of the most advanced one
    clearance: str = ""
    unmet: int = 0  # gates of supply clearance
    deliveries: int = 0  # not confirmed by the buyer
    pieces_left: int = 0
    complaint: str = ""  # Complaint.Status of the oldest open one


@dataclass(frozen=True)
class Next:
    """`role` is a value of Role, `text` an instruction in the reader's language."""

    role: str
    text: str

    @property
    def who(self) -> str:
        return who_is(self.role)


def who_is(role: str) -> str:
    """Return who of the two parties, or which role of the programme."""
    match role:
        case Role.OWNER:
            return "IKM"
        case Role.BUYER:
            return _("Pembeli")
    return str(Role(role).label)


def next_of(standing: Standing, waiting: Waiting) -> Next:
    """Return who must act and what."""
    match standing.step:
        case Step.REQUIREMENT:
            return Next(Role.BUYER, _("Terbitkan kebutuhan yang ditujukan ke IKM ini"))
        case Step.GAP:
            return in_assessment(waiting, _("Nilai awal, supaya kesenjangannya diketahui"))
        case Step.TRAINING:
            return in_training(standing, waiting)
        case Step.ASSESSMENT:
            return in_assessment(waiting, _("Kunjungi dan nilai sesudah pelatihan"))
        case Step.AGREEMENT:
            return in_agreement(waiting)
        case Step.ORDER:
            return in_order(waiting)
        case Step.QCD:
            return in_qcd(standing, waiting)
    if waiting.agreement:
        return Next(Role.STAFF, _("Adakan tinjauan triwulan"))
    return Next(Role.STAFF, _("Siapkan MoU: tinjauan memerlukan perjanjian"))


def in_training(standing: Standing, waiting: Waiting) -> Next:
    if (demand := standing.demand) is None:
        if waiting.has_session_to_come:
            return Next(Role.OWNER, _("Ikuti sesi berikutnya dan lulus modul wajib pasok"))
        return Next(Role.STAFF, _("Jadwalkan sesi modul wajib pasok yang belum lulus"))
    values = {"module": demand.module}
    if demand.is_to_come:
        return Next(Role.OWNER, _("Ikuti sesi %(module)s yang diminta") % values)
    return Next(Role.STAFF, _("Jadwalkan sesi %(module)s yang diminta") % values)


def in_assessment(waiting: Waiting, text: str) -> Next:
    match waiting.state:
        case "submitted" | "in_review":
            return Next(Role.ASSESSOR, _("Tinjau penilaian yang diajukan"))
        case "returned":
            return Next(Role.MENTOR, _("Perbaiki penilaian yang dikembalikan"))
        case "draft":
            return Next(Role.MENTOR, _("Selesaikan draf penilaian"))
    return Next(Role.MENTOR, text)


def in_agreement(waiting: Waiting) -> Next:
    match waiting.agreement:
        case "":
            return Next(Role.STAFF, _("Siapkan MoU"))
        case "draft" | "in_review" | "signed":
            return Next(Role.STAFF, _("Selesaikan MoU sampai berlaku"))
    return Next(Role.STAFF, _("Perpanjang MoU yang sudah berakhir"))


def in_order(waiting: Waiting) -> Next:
    if waiting.clearance in ("", "ready"):
        return Next(Role.BUYER, _("Kirim pesanan"))
    text = ngettext(
        "Lengkapi %(n)s syarat siap pasok; pesanan percobaan boleh lebih dulu",
        "Lengkapi %(n)s syarat siap pasok; pesanan percobaan boleh lebih dulu",
        waiting.unmet,
    )
    return Next(Role.OWNER, text % {"n": waiting.unmet})


def in_qcd(standing: Standing, waiting: Waiting) -> Next:
    if standing.why is Why.COMPLAINT and waiting.complaint == "proposed":
        return Next(Role.BUYER, _("Cek keefektifan perbaikan"))
    if standing.why is Why.COMPLAINT:
        return Next(Role.OWNER, _("Perbaiki keluhan pembeli"))
    if waiting.deliveries:
        text = ngettext("Konfirmasi %(n)s kiriman", "Konfirmasi %(n)s kiriman", waiting.deliveries)
        return Next(Role.BUYER, text % {"n": waiting.deliveries})
    if waiting.pieces_left:
        return Next(Role.OWNER, _("Kirim sesuai jadwal sampai bulannya ditutup"))
    return Next(Role.STAFF, _("Tutup bulan kirimannya begitu berakhir"))
