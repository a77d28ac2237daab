"""Hold a file or a name against what was issued."""

import hashlib
from enum import StrEnum, auto

from closedloop.reports.models import ReportJob


class Verdict(StrEnum):
    """What a file is, compared byte for byte."""

    SAME = auto()  # the issued report
    ANOTHER = auto()  # an issued report, but not the one of this code
    DIFFERENT = auto()  # nothing we issued


def sha256_of(upload) -> str:
    """Return the SHA-256 of an uploaded file, read piece by piece."""
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


def judge(job: ReportJob | None, sha256: str) -> tuple[Verdict, ReportJob | None]:
    """Return what a file with this hash is, and the report it is where it is any.

    `job` is the report of the code on the paper; None where only the file is known.
    """
    if job is not None and job.artifact_sha256 == sha256:
        return Verdict.SAME, job
    other = ReportJob.objects.done().filter(artifact_sha256=sha256).order_by("created_at").first()
    if other is None:
        return Verdict.DIFFERENT, None
    return (Verdict.SAME if job is None else Verdict.ANOTHER), other


def names_in(report: dict) -> list[str]:
    """Return the persons named by a report's frame: who asked for it and who is to sign it, each once."""
    signers = [signer["name"] for signer in report.get("signers", [])]
    return list(dict.fromkeys(name for name in (report.get("requested_by"), *signers) if name))
