"""Evidence of every kind, in the one draft a mentor is filling now: papers, a measurement, a note, one too old."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile

from assessments.actions import add_piece, link_evidence
from assessments.actions.pieces import Piece
from assessments.models import Assessment, Criterion, Evidence
from closedloop.demonstration import pictures
from closedloop.demonstration.show import Show


def every_kind(show: Show, assessment: Assessment) -> None:
    """Attach what a mentor collects on a visit besides photos."""
    by, day = assessment.assessor, assessment.visited_on
    items = {one.code: one for one in Criterion.objects.filter(dimension__rubric=assessment.rubric_id)}
    paper = pictures.evidence(show.random("paper", assessment.code), tidy=True)
    calibration = Piece(
        "Sertifikat kalibrasi jangka sorong",
        day - timedelta(days=400),
        paper=ContentFile(paper.content),
        valid_until=day + timedelta(days=120),
    )
    certificate = add_piece(assessment, [items["T5"]], calibration, by=by)
    link_evidence(certificate, items["T4"], by=by)
    noise = Piece("Kebisingan dekat mesin potong", day, value=Decimal("82.5"), unit="dB(A)", instrument="SLM")
    add_piece(assessment, [items["KH3"]], noise, by=by)
    briefing = Piece("Notulen briefing dua pekan terakhir dibaca", day, basis=Evidence.Basis.DOCUMENT)
    add_piece(assessment, [items["BM4"]], briefing, by=by)
    plan = Piece("Jadwal perawatan tahun lalu", day - timedelta(days=500), basis=Evidence.Basis.DOCUMENT)
    add_piece(assessment, [items["BM1"]], plan, by=by)
