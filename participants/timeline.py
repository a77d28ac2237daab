"""The trail of one enterprise in words people use. Pure functions over events.

A verb is looked up in SENTENCES; one nobody wrote a sentence for is told in general words, to the
programme's own people only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Sentence:
    """What an event is called; `tone` colours its dot; `is_inner` keeps it from the owner's eyes."""

    title: str | Promise
    tone: str = ""
    is_inner: bool = False


SENTENCES: dict[str, Sentence] = {
    # the application
    "application.submitted": Sentence(_("Mendaftar sendiri lewat formulir")),
    "application.in_review": Sentence(_("Pendaftaran mulai dinilai"), is_inner=True),
    "application.reviewers_assigned": Sentence(_("Penilai pendaftaran ditunjuk"), is_inner=True),
    "application.waiting": Sentence(_("Masuk daftar tunggu")),
    "application.accepted": Sentence(_("Pendaftaran diterima"), "ok"),
    "application.rejected": Sentence(_("Pendaftaran belum terpilih"), is_inner=True),
    "application.withdrawn": Sentence(_("Pendaftaran ditarik"), is_inner=True),
    "application.link_sent": Sentence(_("Tautan pendaftar dikirim ulang"), is_inner=True),
    "application.forgotten": Sentence(_("Data pendaftar dihapus"), is_inner=True),
    "applicationreview.filed": Sentence(_("Pendaftaran dinilai"), is_inner=True),
    "applicationreview.corrected": Sentence(_("Nilai pendaftaran dibetulkan"), is_inner=True),
    "applicationreview.given_back": Sentence(_("Penilai pendaftaran mundur"), is_inner=True),
    # the register
    "enterprise.registered": Sentence(_("Didaftarkan")),
    "enterprise.updated": Sentence(_("Data usaha diubah")),
    "enterprise.removed": Sentence(_("Pendaftaran ditarik bersama impornya"), "now", is_inner=True),
    "enterprise.identity_viewed": Sentence(_("Nomor identitas lengkap dilihat")),
    "enterprise.merged": Sentence(_("Catatan ganda digabung ke sini")),
    "enterprise.merged_into": Sentence(_("Catatan ini digabung ke catatan lain"), is_inner=True),
    "enterprise.unmerged": Sentence(_("Penggabungan diurungkan")),
    "enterprise.not_duplicate": Sentence(_("Dinyatakan usaha lain"), is_inner=True),
    "enterprise.pair_reopened": Sentence(_("Pertanyaan ganda dibuka lagi"), is_inner=True),
    "enterprise.class_changed": Sentence(_("Kelas usaha berubah"), "ok"),
    "person.added": Sentence(_("Orang ditambahkan")),
    "person.updated": Sentence(_("Data orang diubah")),
    "person.removed": Sentence(_("Orang ditarik bersama impornya"), is_inner=True),
    "person.invited": Sentence(_("Orang diundang ke portal")),
    "annualfigure.recorded": Sentence(_("Angka tahunan dicatat")),
    "annualfigure.removed": Sentence(_("Angka tahunan ditarik bersama impornya"), is_inner=True),
    "document.added": Sentence(_("Dokumen ditambahkan")),
    "document.replaced": Sentence(_("Dokumen diganti versi baru")),
    "document.removed": Sentence(_("Dokumen dihapus")),
    "enterprise.figures_told": Sentence(_("Angka usaha diisi")),
    "machine.added": Sentence(_("Mesin ditambahkan")),
    "machine.updated": Sentence(_("Data mesin diubah")),
    "machine.removed": Sentence(_("Mesin dihapus")),
    "material.added": Sentence(_("Bahan ditambahkan")),
    "material.updated": Sentence(_("Data bahan diubah")),
    "material.removed": Sentence(_("Bahan dihapus")),
    "measuringtool.added": Sentence(_("Alat ukur ditambahkan")),
    "measuringtool.updated": Sentence(_("Data alat ukur diubah")),
    "measuringtool.removed": Sentence(_("Alat ukur dihapus")),
    "product.added": Sentence(_("Produk ditambahkan")),
    "product.updated": Sentence(_("Data produk diubah")),
    "product.removed": Sentence(_("Produk dihapus")),
    "capability.updated": Sentence(_("Ketelitian dan jam kerja diubah")),
    "machine.confirmed": Sentence(_("Mesin dipastikan masih ada"), "ok"),
    "material.confirmed": Sentence(_("Bahan dipastikan masih dikerjakan"), "ok"),
    "measuringtool.confirmed": Sentence(_("Alat ukur dipastikan masih ada"), "ok"),
    "document.confirmed": Sentence(_("Dokumen dipastikan masih berlaku"), "ok"),
    "enterprise.process_confirmed": Sentence(_("Proses dipastikan masih dikerjakan"), "ok"),
    "capability.confirmed": Sentence(_("Profil kemampuan dipastikan masih benar"), "ok"),
    "enterprise.kbli_added": Sentence(_("KBLI ditambahkan")),
    "enterprise.kbli_removed": Sentence(_("KBLI dihapus")),
    "photo.added": Sentence(_("Foto ditambahkan")),
    "photo.updated": Sentence(_("Keterangan foto diubah")),
    "photo.put_first": Sentence(_("Urutan foto diubah")),
    "photo.removed": Sentence(_("Foto dihapus")),
    "consent.given": Sentence(_("Persetujuan diberikan"), "ok"),
    "consent.withdrawn": Sentence(_("Persetujuan ditarik")),
    # the cohort
    "enrolment.applicant": Sentence(_("Menjadi calon peserta")),
    "enrolment.removed": Sentence(_("Kepesertaan ditarik bersama impornya"), "now", is_inner=True),
    "enrolment.registered": Sentence(_("Terdaftar sebagai peserta"), "ok"),
    "enrolment.active": Sentence(_("Aktif mengikuti program"), "ok"),
    "enrolment.on_leave": Sentence(_("Cuti dari program"), "now"),
    "enrolment.graduated": Sentence(_("Lulus dari program"), "ok"),
    "enrolment.withdrawn": Sentence(_("Keluar dari program"), "now"),
    "enrolment.mentor_assigned": Sentence(_("Mentor ditetapkan")),
    "followup.done": Sentence(_("Ditindaklanjuti sesudah lulus"), "ok"),
    # training
    "makeupseat.invited": Sentence(_("Diundang ke sesi susulan angkatan lain")),
    "makeupseat.withdrawn": Sentence(_("Undangan sesi susulan dibatalkan")),
    "attendance.left": Sentence(_("Waktu pulang dicatat sendiri")),
    "attendance.checked_in": Sentence(_("Kehadiran dicatat sendiri")),
    "attendance.marked": Sentence(_("Kehadiran dicatat petugas")),
    "attendance.verified": Sentence(_("Kehadiran diverifikasi"), "ok"),
    "attendance.rejected": Sentence(_("Kehadiran ditolak"), "now"),
    "attendance.corrected": Sentence(_("Kehadiran dibetulkan")),
    "attendance.undone": Sentence(_("Kehadiran dibatalkan sendiri")),
    "attendance.sent_late": Sentence(_("Presensi terkirim terlambat")),
    "signal.answered": Sentence(_("Tanda pada kehadiran ditinjau")),
    "attendance.delegated": Sentence(_("Diwakili orang lain di sesi")),
    "reminder.sent": Sentence(_("Diingatkan akan sesi pelatihan"), is_inner=True),
    "guest.linked": Sentence(_("Tamu sesi ternyata hadir untuk IKM ini"), "ok"),
    "attendance.untapped": Sentence(_("Ketukan narasumber diurungkan"), is_inner=True),
    "attendance.tap_late": Sentence(_("Ketukan narasumber tiba sesudah sesi ditutup"), "now"),
    "attendance.tap_outrun": Sentence(_("Ketukan narasumber kalah cepat"), is_inner=True),
    "certificate.issued": Sentence(_("Sertifikat modul terbit"), "ok"),
    "certificate.revoked": Sentence(_("Sertifikat modul dicabut"), "now"),
    "certificate.replaced": Sentence(_("Sertifikat modul digantikan"), "now"),
    "excuse.asked": Sentence(_("Izin diminta")),
    "excuse.granted": Sentence(_("Izin disetujui"), "ok"),
    "excuse.refused": Sentence(_("Izin ditolak"), "now"),
    "correctionrequest.asked": Sentence(_("Koreksi kehadiran diminta")),
    "correctionrequest.granted": Sentence(_("Koreksi kehadiran disetujui"), "ok"),
    "correctionrequest.refused": Sentence(_("Koreksi kehadiran ditolak"), "now"),
    "factoryaction.set": Sentence(_("Aksi pabrik diberikan")),
    "factoryaction.changed": Sentence(_("Aksi pabrik diubah")),
    "factoryaction.removed": Sentence(_("Aksi pabrik dihapus")),
    "factoryaction.before_shown": Sentence(_("Foto sebelum aksi ditambahkan")),
    "factoryaction.evidence_added": Sentence(_("Foto sesudah aksi ditambahkan")),
    "factoryaction.reported": Sentence(_("Aksi pabrik dilaporkan selesai")),
    "factoryaction.returned": Sentence(_("Aksi pabrik dikembalikan"), "now"),
    "factoryaction.closed": Sentence(_("Aksi pabrik diperiksa dan selesai"), "ok"),
    "visit.host_named": Sentence(_("Menjadi tuan rumah kunjungan")),
    "visit.filled": Sentence(_("Hasil kunjungan ditulis"), is_inner=True),
    "visit.photo_added": Sentence(_("Foto kunjungan ditambahkan"), is_inner=True),
    "visit.led": Sentence(_("Kunjungan dikonfirmasi narasumber")),
    "visit.hosted": Sentence(_("Kunjungan dikonfirmasi tuan rumah"), "ok"),
    "warning.answered": Sentence(_("Peringatan kehadiran ditindaklanjuti"), is_inner=True),
    "testresult.entered": Sentence(_("Nilai tes dicatat")),
    "testresult.removed": Sentence(_("Nilai tes dihapus")),
    "attempt.handed_in": Sentence(_("Tes dikerjakan di HP")),
    "attempt.reopened": Sentence(_("Tes dibuka lagi")),
    # assessment
    "assessment.started": Sentence(_("Penilaian dimulai"), is_inner=True),
    "assessment.area_added": Sentence(_("Area penilaian ditambahkan"), is_inner=True),
    "assessment.area_changed": Sentence(_("Area penilaian diubah"), is_inner=True),
    "assessment.area_removed": Sentence(_("Area penilaian dihapus"), is_inner=True),
    "assessment.scored": Sentence(_("Nilai penilaian diisi"), is_inner=True),
    "assessment.evidence_added": Sentence(_("Bukti penilaian ditambahkan"), is_inner=True),
    "assessment.evidence_removed": Sentence(_("Bukti penilaian dihapus"), is_inner=True),
    "assessment.recommendation_written": Sentence(_("Rekomendasi mentor ditulis"), is_inner=True),
    "assessment.submitted": Sentence(_("Penilaian diajukan"), "now", is_inner=True),
    "review.decided": Sentence(_("Diputuskan dalam tinjauan MoU")),
    "assessment.in_review": Sentence(_("Penilaian ditinjau"), is_inner=True),
    "assessment.returned": Sentence(_("Penilaian dikembalikan"), "now", is_inner=True),
    "assessment.items_returned": Sentence(_("Butir penilaian dikembalikan dengan catatan"), is_inner=True),
    "assessment.remarks_answered": Sentence(_("Catatan peninjau ditanggapi"), is_inner=True),
    "assessment.correction_started": Sentence(_("Koreksi penilaian dimulai"), is_inner=True),
    "assessment.correction_discarded": Sentence(_("Koreksi penilaian dibatalkan"), is_inner=True),
    "assessment.superseded": Sentence(_("Penilaian digantikan versi koreksi"), "now"),
    "assessment.settled": Sentence(_("Nilai disepakati dua penilai"), "ok", is_inner=True),
    "secondassessment.asked": Sentence(_("Penilai kedua dicari"), "now", is_inner=True),
    "secondassessment.waiting": Sentence(_("Penilai kedua diganti"), is_inner=True),
    "secondassessment.taken": Sentence(_("Penilai kedua mulai menilai"), is_inner=True),
    "secondassessment.scored": Sentence(_("Nilai kedua disimpan"), is_inner=True),
    "secondassessment.handed_in": Sentence(_("Penilai kedua menyerahkan nilai"), "now", is_inner=True),
    "secondassessment.settlement_written": Sentence(_("Kesepakatan nilai ditulis"), is_inner=True),
    "secondassessment.settled": Sentence(_("Penilaian kedua selesai"), "ok", is_inner=True),
    "assessment.approved": Sentence(_("Penilaian disetujui"), "ok"),
    "assessment.planned": Sentence(_("Rencana perbaikan dimutakhirkan")),
    "planitem.changed": Sentence(_("Rencana perbaikan diubah")),
    "planitem.in_progress": Sentence(_("Rencana perbaikan dikerjakan")),
    "planitem.reported": Sentence(_("Rencana perbaikan dilaporkan selesai"), "now"),
    "planitem.done": Sentence(_("Rencana perbaikan selesai"), "ok"),
    "planitem.dropped": Sentence(_("Rencana perbaikan tidak dilanjutkan")),
    "finding.added": Sentence(_("Temuan dicatat"), "now"),
    "finding.action_added": Sentence(_("Tindakan perbaikan dicatat")),
    "finding.in_progress": Sentence(_("Temuan dikerjakan")),
    "finding.analysed": Sentence(_("Akar masalah temuan ditulis")),
    "finding.before_shown": Sentence(_("Foto sebelum perbaikan disimpan")),
    "finding.action_planned": Sentence(_("Tindakan perbaikan direncanakan")),
    "finding.closing_chosen": Sentence(_("Modul atau kunjungan untuk temuan dipilih")),
    "finding.due_moved": Sentence(_("Tenggat temuan diubah")),
    "finding.reminded": Sentence(_("Temuan diingatkan")),
    "finding.effective": Sentence(_("Perbaikan dicek: efektif"), "ok"),
    "finding.not_effective": Sentence(_("Perbaikan dicek: tidak efektif"), "now"),
    "finding.proposed": Sentence(_("Temuan dilaporkan selesai")),
    "finding.closed": Sentence(_("Temuan ditutup"), "ok"),
    "classdecision.proposed": Sentence(_("Diusulkan ke sidang kelas"), "now", is_inner=True),
    "classdecision.decided": Sentence(_("Sidang kelas memutuskan"), "ok"),
    "classdecision.assessment_corrected": Sentence(
        _("Usulan kelas memakai penilaian yang dikoreksi"), is_inner=True
    ),
    "classdecision.withdrawn": Sentence(_("Usulan kelas ditarik"), is_inner=True),
    "objection.raised": Sentence(_("Pemilik keberatan atas keputusan kelas"), "now"),
    "objection.rejected": Sentence(_("Keberatan ditolak")),
    "objection.accepted": Sentence(_("Keberatan diterima: sidang ulang"), "now"),
    "decisioncondition.met": Sentence(_("Syarat keputusan terpenuhi"), "ok"),
    "decisioncondition.unmet": Sentence(_("Syarat keputusan tidak terpenuhi"), "now"),
    "scorecard.followed": Sentence(_("Kedudukan QCD membawa akibat"), "now"),
    "visitcall.asked": Sentence(_("Rapor QCD meminta kunjungan pabrik"), "now"),
    "visitcall.planned": Sentence(_("Kunjungan yang diminta dijadwalkan")),
    "visitcall.settled": Sentence(_("Permintaan kunjungan ditutup tanpa sesi"), is_inner=True),
    "planitem.commissioned": Sentence(_("Butir rencana diminta dari luar penilaian")),
    "scorecard.closed": Sentence(_("Rapor bulanan mutu, biaya, dan pengiriman ditutup")),
    # supply
    "agreement_party.signed": Sentence(_("MoU ditandatangani"), "ok"),
    "agreement_party.amended": Sentence(_("Adendum MoU ditandatangani"), "ok"),
    "agreement.hold_overridden": Sentence(_("Pimpinan mengizinkan MoU yang ditahan rapor QCD"), "now"),
    "agreement_party.named": Sentence(_("Nomor dan penanda tangan perjanjian dicatat")),
    "order.entered": Sentence(_("Pesanan pembelian dicatat")),
    "schedule.agreed": Sentence(_("Jadwal kirim disepakati")),
    "delivery.entered": Sentence(_("Pengiriman dicatat")),
    "delivery.submitted": Sentence(_("Pengiriman dicatat")),
    "delivery.confirmed": Sentence(_("Pengiriman dikonfirmasi pembeli"), "ok"),
    "delivery.disputed": Sentence(_("Pembeli melaporkan selisih"), "now"),
    "delivery.corrected": Sentence(_("Data surat jalan dikoreksi")),
    "delivery.settled": Sentence(_("Selisih pengiriman diselesaikan")),
    "delivery.verified": Sentence(_("Pengiriman diverifikasi"), "ok"),
    "confirmation_link.issued": Sentence(_("Tautan konfirmasi dibuat untuk kontak pembeli")),
    "confirmation_link.revoked": Sentence(_("Tautan konfirmasi dicabut"), "now"),
    "delivery.confirmation_withdrawn": Sentence(_("Konfirmasi pengiriman ditarik"), "now"),
    "purchaseorder.submitted": Sentence(_("Pesanan kembali menunggu konfirmasi"), "now"),
    "purchaseorder.confirmed": Sentence(_("Pesanan dikonfirmasi pembeli"), "ok"),
    "purchaseorder.disputed": Sentence(_("Pembeli melaporkan selisih pada pesanan"), "now"),
    "purchaseorder.verified": Sentence(_("Pesanan diverifikasi"), "ok"),
    "purchaseorder.corrected": Sentence(_("Data pesanan dikoreksi")),
    "purchaseorder.document_added": Sentence(_("Dokumen pesanan ditambahkan")),
    "invoice.submitted": Sentence(_("Faktur kembali menunggu konfirmasi"), "now"),
    "invoice.confirmed": Sentence(_("Faktur dikonfirmasi pembeli"), "ok"),
    "invoice.disputed": Sentence(_("Pembeli melaporkan selisih pada faktur"), "now"),
    "invoice.verified": Sentence(_("Faktur diverifikasi"), "ok"),
    "invoice.corrected": Sentence(_("Data faktur dikoreksi")),
    "invoice.document_added": Sentence(_("Dokumen faktur ditambahkan")),
    "payment.submitted": Sentence(_("Pembayaran kembali menunggu konfirmasi"), "now"),
    "payment.confirmed": Sentence(_("Pembayaran dikonfirmasi pembeli"), "ok"),
    "payment.disputed": Sentence(_("Pembeli melaporkan selisih pada pembayaran"), "now"),
    "payment.verified": Sentence(_("Pembayaran diverifikasi"), "ok"),
    "payment.corrected": Sentence(_("Data pembayaran dikoreksi")),
    "payment.document_added": Sentence(_("Bukti bayar ditambahkan")),
    "financing.entered": Sentence(_("Akad kredit dicatat")),
    "buyer_scorecard.imported": Sentence(_("Rapor dari pembeli diimpor")),
    "buyer_scorecard.changed": Sentence(_("Rapor dari pembeli diganti")),
    "complaint.raised": Sentence(_("Pembeli mengeluh"), "now"),
    "complaint.contained": Sentence(_("Masalah ditahan sementara")),
    "complaint.analysed": Sentence(_("Akar masalah keluhan ditulis")),
    "complaint.action_planned": Sentence(_("Tindakan atas keluhan direncanakan")),
    "complaint.action_done": Sentence(_("Tindakan atas keluhan selesai")),
    "complaint.in_progress": Sentence(_("Keluhan dikerjakan")),
    "complaint.proposed": Sentence(_("Keluhan dilaporkan selesai")),
    "complaint.effective": Sentence(_("Pembeli mengecek keluhan: efektif"), "ok"),
    "complaint.not_effective": Sentence(_("Pembeli mengecek keluhan: tidak efektif"), "now"),
    "complaint.linked": Sentence(_("Keluhan dikaitkan dengan butir dan pelatihan")),
    "complaint.reminded": Sentence(_("Keluhan diingatkan")),
    "invoice.entered": Sentence(_("Faktur dicatat")),
    "payment.entered": Sentence(_("Pembayaran dicatat")),
    "milestone.changed": Sentence(_("Tonggak kemitraan diperbarui")),
    "agreement.expiry_announced": Sentence(_("Akhir masa berlaku perjanjian diumumkan")),
    "agreement.renewal_drafted": Sentence(_("Perpanjangan perjanjian disiapkan")),
    "stall.asked": Sentence(_("Kemitraan tanpa gerak: kedua pihak ditanya"), "now"),
    "stall.answered": Sentence(_("Alasan tanpa gerak dijawab")),
    "sample.submitted": Sentence(_("Sampel dikirim ke pembeli")),
    "sample.approved": Sentence(_("Pembeli memutuskan sampel: disetujui"), "ok"),
    "sample.rejected": Sentence(_("Pembeli memutuskan sampel: ditolak"), "now"),
    "order.overridden": Sentence(_("Pesanan rutin dicatat sebelum siap pasok"), "now"),
    "clearance.sample_approved": Sentence(_("Sampel disetujui pembeli"), "ok"),
    "clearance.ready": Sentence(_("Siap pasok"), "ok"),
    "clearance.conditional": Sentence(_("Siap pasok dengan syarat")),
    "clearance.not_ready": Sentence(_("Belum siap pasok")),
    "report.requested": Sentence(_("Laporan diminta"), is_inner=True),
    "report.done": Sentence(_("Laporan selesai dibuat"), is_inner=True),
    "reportschedule.added": Sentence(_("Jadwal laporan bulanan dipasang"), is_inner=True),
    "reportschedule.changed": Sentence(_("Jadwal laporan bulanan diubah"), is_inner=True),
    "reportschedule.paused": Sentence(_("Jadwal laporan bulanan dijeda"), is_inner=True),
    "reportschedule.resumed": Sentence(_("Jadwal laporan bulanan dilanjutkan"), is_inner=True),
    "reportschedule.made": Sentence(_("Laporan bulanan diminta oleh jadwalnya"), is_inner=True),
    "reportschedule.failed": Sentence(_("Laporan bulanan tidak terbuat"), is_inner=True),
    "reportschedule.retried": Sentence(_("Laporan bulanan dicoba lagi"), is_inner=True),
    "report.cancelled": Sentence(_("Permintaan laporan dibatalkan"), is_inner=True),
    "report.superseded": Sentence(_("Laporan digantikan yang lebih baru"), is_inner=True),
    "report.revoked": Sentence(_("Laporan dicabut"), is_inner=True),
    "report.downloaded": Sentence(_("Laporan diunduh"), is_inner=True),
}
UNWRITTEN = Sentence(_("Catatan diperbarui"), is_inner=True)

FIELD_NAMES: dict[str, str | Promise] = {
    "name": _("nama usaha"),
    "legal_form": _("bentuk usaha"),
    "nib": "NIB",
    "npwp": "NPWP",
    "nitku": "NITKU",
    "founded_year": _("tahun berdiri"),
    "address": _("alamat"),
    "village": _("kelurahan/desa"),
    "district": _("kecamatan"),
    "regency": _("kabupaten/kota"),
    "postal_code": _("kode pos"),
    "owner_name": _("narahubung"),
    "phone": _("nomor telepon"),
    "email": _("email"),
    "website": _("laman"),
    "employees_male": _("karyawan laki-laki"),
    "employees_female": _("karyawan perempuan"),
    "capital": _("modal usaha"),
    "investment_value": _("nilai investasi"),
    "certificates": _("sertifikat"),
    "kbli": "KBLI",
    "products": _("produk"),
    "processes": _("proses"),
    "full_name": _("nama"),
    "position": _("jabatan"),
    "is_primary": _("narahubung utama"),
    "is_active": _("keaktifan"),
    "text": _("isi"),
    "owner": _("pelaksana"),
    "due_on": _("tenggat"),
    "annual_sales": _("omzet"),
    "employee_count": _("jumlah karyawan"),
    "person": _("narahubung"),
    "kind": _("jenis"),
    "brand": _("merek"),
    "process": _("proses"),
    "count": _("jumlah"),
    "year": _("tahun"),
    "capacity": _("kapasitas"),
    "capacity_unit": _("satuan"),
    "grade": _("mutu atau ukuran"),
    "accuracy_mm": _("ketelitian"),
    "calibrated_until": _("masa kalibrasi"),
    "part_number": _("nomor part"),
    "tolerance_mm": _("toleransi"),
    "tolerance_note": _("keterangan toleransi"),
    "shift_count": _("giliran kerja"),
    "hours_per_shift": _("jam per giliran"),
    "days_per_week": _("hari kerja"),
    "caption": _("keterangan"),
}


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, as the component draws it."""

    title: str | Promise
    text: str
    by: str
    at: datetime
    tone: str
    place: Any
    kind: str
    url: str = ""

    @property
    def year(self) -> int:
        """The year on the clock of the place."""
        zone = self.place.province.time_zone if self.place else timezone.get_current_timezone_name()
        return self.at.astimezone(ZoneInfo(zone)).year


def entries(
    events: Iterable, *, place=None, for_owner: bool = False, links: dict[int, str] | None = None
) -> list[Entry]:
    """Return the lines of a timeline in the order of the events; `place` gives the zone of the times.

    `links` says where the record of an event is shown, by the event's id.

    An owner is not shown what the programme's people still discuss among themselves.
    """
    lines = []
    for event in events:
        sentence = SENTENCES.get(event.verb, UNWRITTEN)
        if for_owner and sentence.is_inner:
            continue
        lines.append(
            Entry(
                title=sentence.title,
                text=details(event),
                by=event.actor_name,
                at=event.at,
                tone=sentence.tone,
                place=place,
                kind=event.verb.partition(".")[0],
                url=(links or {}).get(getattr(event, "pk", None), ""),
            )
        )
    return lines


def details(event) -> str:
    """Return what the event is about: its object, the fields that changed, the reason given."""
    parts = [about(event)]
    if mentor := event.data.get("mentor"):
        parts.append(str(mentor))
    if changed := event.data.get("changes"):
        names = ", ".join(str(FIELD_NAMES.get(name, name)) for name in changed)
        parts.append(str(format_lazy(_("Berubah: {names}"), names=names)))
    if other := event.data.get("other"):
        parts.append(f"{event.data.get('name', '')} ({other})".strip())
    if figures := event.data.get("figures"):
        parts.append(", ".join(map(str, figures)))
    if source := event.data.get("source"):
        parts.append(str(format_lazy(_("Dari berkas {source}"), source=source)))
    if reason := event.data.get("reason"):
        parts.append(str(format_lazy(_("Alasan: {reason}"), reason=reason)))
    return " · ".join(part for part in parts if part)


def about(event) -> str:
    """Return the name of what the event is about, without the enterprise's own."""
    match event.target_type:
        case "participants.enterprise":
            return ""
        case "participants.enrolment":
            return event.target_name.rpartition(", ")[2]
        case "participants.consent":
            return event.target_name.rpartition(": ")[2]
        case "participants.capability":
            return ""
        case "participants.annualfigure":
            return str(event.data.get("year", ""))
    return event.target_name


def owner_verbs() -> list[str]:
    """Return the verbs an owner is shown; anything else stays with the programme."""
    return [verb for verb, sentence in SENTENCES.items() if not sentence.is_inner]
