"""What a withdrawal stops and what it leaves, in the words that somebody reads before withdrawing.

Source: UU 27/2022 Pasal 9 (anybody may withdraw), 40 (the use stops within three days; here at once) and 42 to 44
(what is ended and what is destroyed). What was lawful before stays so.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from participants.models import Consent

Purpose = Consent.Purpose


@dataclass(frozen=True)
class Effects:
    """`stops` with the withdrawal itself; `stays` for the reason that each line names."""

    stops: tuple[str, ...]
    stays: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return both as one list."""
        stops, stays = _("Berhenti sekarang juga:"), _("Tetap:")
        return [*(f"{stops} {line}" for line in self.stops), *(f"{stays} {line}" for line in self.stays)]


def effects_of(purpose: str) -> Effects:
    """Return what withdrawing this purpose changes."""
    return {
        Purpose.TRAINING: Effects(
            stops=(
                _("undangan, perubahan jadwal, dan pengingat sesi, juga yang belum terkirim."),
                _("tugas, temuan, dan penilaian baru."),
                _("pendaftaran ke angkatan lain."),
            ),
            stays=(
                _(
                    "kehadiran, nilai, dan sertifikat yang sudah ada, sebagai arsip program yang sah dibuat "
                    "sebelum persetujuan ditarik (UU 27/2022)."
                ),
                _("kabar tentang keputusan, sertifikat, dan status kepesertaan."),
                _("kepesertaan di angkatan, sampai petugas mengubahnya menjadi cuti atau keluar."),
            ),
        ),
        Purpose.SHARING: Effects(
            stops=(_("profil, kelas, kesiapan memasok, dan wilayah usaha di halaman mitra industri."),),
            stays=(
                _(
                    "nama usaha pada MoU, pesanan, dan pengiriman yang sudah ditandatangani bersama, karena itu "
                    "perjanjian kedua pihak."
                ),
            ),
        ),
        Purpose.PUBLICITY: Effects(
            stops=(
                _("pemakaian nama, produk, dan foto usaha di luar program; fotonya ditandai untuk petugas."),
            ),
            stays=(
                _(
                    "yang sudah tercetak atau terbit sebelumnya. Minta petugas bila perlu ditarik dari peredaran."
                ),
                _("foto di halaman usaha sendiri."),
            ),
        ),
        Purpose.WHATSAPP: Effects(
            stops=(_("tombol WhatsApp ke nomor orang di usaha ini, di semua halaman."),),
            stays=(_("telepon, email, dan pemberitahuan di portal."),),
        ),
    }[Purpose(purpose)]
