"""Finished files, named by what is in them: the same bytes have the same name, so a doubled render changes nothing."""

import hashlib
import os
import time
from pathlib import Path
from uuid import UUID

from django.conf import settings

HOUR = 3600
WRITING = 0o222  # an issued file is never written again


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "reports"


def path_of(sha256: str) -> Path:
    """Return where the file with this hash lies."""
    return folder() / f"{sha256}.pdf"


def store(content: bytes, token: UUID) -> str:
    """Write the bytes under their SHA-256 and return it; a crash half-way leaves only a temporary file."""
    sha256 = hashlib.sha256(content).hexdigest()
    folder().mkdir(parents=True, exist_ok=True, mode=0o750)
    draft = folder() / f".{token}.tmp"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.chmod(settings.FILE_UPLOAD_PERMISSIONS & ~WRITING)
    os.replace(draft, path_of(sha256))
    return sha256


def is_intact(sha256: str) -> bool:
    """Whether the file is there and still holds, byte for byte, what was issued."""
    path = path_of(sha256)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def remove_stale_drafts(older_than: float = HOUR) -> int:
    """Remove temporary files that killed workers left behind; returns how many."""
    stale = [path for path in folder().glob(".*.tmp") if time.time() - path.stat().st_mtime > older_than]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
