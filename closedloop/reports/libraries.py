"""The system libraries WeasyPrint opens, and the apt package that brings each (pdf.md §1)."""

import ctypes
import logging
import sys

from django.core.checks import Error
from django.utils.translation import gettext as _

PACKAGES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


# WeasyPrint tells every step of every report, from the moment it is imported
for noisy in ("weasyprint.progress", "fontTools"):
    logging.getLogger(noisy).setLevel(logging.WARNING)


class MissingLibrary(Exception):
    """The machine lacks a library; the message says which package to install."""


def missing(packages=None) -> dict[str, str]:
    """Return {library: apt package} of those this machine cannot open; other systems than Linux are not asked."""
    lacking = {}
    for library, package in (PACKAGES if packages is None else packages).items():
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking[library] = package
    return lacking if sys.platform == "linux" else {}


def sentence(lacking: dict[str, str]) -> str:
    """Return what is missing and the command that mends it, in one line."""
    return _("Pustaka sistem tidak ada: %(libraries)s. Jalankan: %(command)s") % {
        "libraries": ", ".join(lacking),
        "command": f"apt-get install -y {' '.join(sorted(set(lacking.values())))}",
    }


def require_libraries() -> None:
    """Raise MissingLibrary with a sentence an operator can act on."""
    if lacking := missing():
        raise MissingLibrary(sentence(lacking))


def check_libraries(app_configs, **options) -> list[Error]:
    """System check: one error for each library that reports cannot be made without."""
    return [
        Error(
            f"Pustaka sistem {library} tidak ada; laporan PDF tidak dapat dibuat.",
            hint=f"apt-get install -y {package}",
            id=f"reports.E{number:03}",
        )
        for number, (library, package) in enumerate(missing().items(), start=1)
    ]
