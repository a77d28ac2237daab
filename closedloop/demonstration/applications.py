"""Enterprises that applied themselves to the round to come, each as far as its reviewers are."""

from dataclasses import dataclass

from closedloop.demonstration.show import Show, Story
from closedloop.regions.models import Regency
from participants.actions import (
    assign_reviewers,
    decide_application,
    file_review,
    start_application,
    submit_application,
)
from participants.models import Application

COHORT = "angkatan-6"
MILLION = 1_000_000


@dataclass(frozen=True)
class Applicant:
    """`sent` is days ago; `scores` are those of the mentor and of the assessor, one digit per criterion."""

    sent: int
    name: str
    legal_form: str
    nib: str | None
    regency: str
    products: str
    workers: int
    sales: int | None  # million Rupiah
    owner: str
    phone: str
    motivation: str
    scores: tuple[str, ...] = ()
    reason: str = ""


APPLICANTS = (
    Applicant(
        12, "Gading Pegas Mandiri", "cv", "9911002233501", "33.28", "Pegas kopling, pegas rem", 14, 2_100,
        "Suharti Ningrum", "+6281200003001",
        "Pegas kami sering dikembalikan karena kekerasan tidak sama. Kami ingin belajar memeriksa sebelum kirim.",
        ("43334", "21202"),
    ),
    Applicant(
        11, "Warung Las Pak Giman", "ud", None, "33.10", "Pagar, kanopi", 3, 240, "Sugiman", "+6281200003002",
        "Ingin bantuan mesin las.", ("11100", "01111"),
        "Produk Anda belum berupa komponen kendaraan. Silakan mendaftar lagi setelah mencoba membuat komponen.",
    ),
    Applicant(
        6, "Samudra Baling Teknik", "pt", "9911002233503", "73.71", "Baling-baling, poros kapal", 22, 4_600,
        "Andi Rahmatia", "+6281200003003",
        "Pesanan kapal patroli meminta sertifikat mutu. Kami sudah mulai mencatat ukuran tiap baling-baling.",
        ("", "44434"),
    ),
    Applicant(
        2, "Lestari Karet Jaya", "cv", "9911002233504", "35.15", "Karet dudukan mesin, selang", 9, None,
        "Yohana Prasetyaningtyas", "+6281200003004",
        "Kami memasok bengkel dan ingin tahu syarat menjadi pemasok pabrik.",
    ),
)  # fmt: skip


def applied(show: Show, row: Applicant) -> Story:
    """One application from the phone to wherever it got."""
    yield show.at(row.sent, "19.40")
    cast = show.cast
    application = submit_application(
        start_application(cast.cohorts[COHORT]),
        name=row.name,
        legal_form=row.legal_form,
        nib=row.nib,
        regency=Regency.objects.get(code=row.regency),
        products=row.products,
        employee_count=row.workers,
        annual_sales=row.sales and row.sales * MILLION,
        sales_year=show.day(row.sent).year - 1,
        motivation=row.motivation,
        owner_name=row.owner,
        phone=row.phone,
        email="",
    )
    if not row.scores:
        return
    yield show.at(row.sent - 1, "09.10")
    assign_reviewers(application, [cast.users["mentor"], cast.users["penilai"]], by=cast.staff)
    codes = [criterion.code for criterion in application.form.read()]
    for review, digits in zip(application.reviews.select_related("reviewer"), row.scores, strict=True):
        if digits:
            yield show.at(row.sent - 3, "16.20")
            scores = {code: int(digit) for code, digit in zip(codes, digits, strict=True)}
            advice = "accept" if sum(scores.values()) >= 2 * len(scores) else "reject"
            file_review(review, by=review.reviewer, scores=scores, recommendation=advice)
    if row.reason:
        yield show.at(row.sent - 5, "10.30")
        decide_application(
            application, Application.Status.REJECTED, by=cast.lead, seen="in_review", reason=row.reason
        )
