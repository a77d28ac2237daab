"""What a line of a requirement asks, in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from closedloop.core.formats import number, percent
from partnerships.asks import Ask, Kind
from partnerships.clearance import DOCUMENT_WORDS


def title_of(ask: Ask, names: Mapping[str, str]) -> str:
    """Return the buyer's own words, or for a line that follows from the requirement what it comes to.

    `names` gives the name of a process or criterion by its code.
    """
    match ask.kind:
        case Kind.PROCESS:
            return _("Proses %(process)s") % {"process": names.get(ask.subject, ask.subject)}
        case Kind.CAPACITY:
            return _("Kapasitas %(count)s %(unit)s sebulan") % {
                "count": number(ask.threshold, 0),
                "unit": ask.unit,
            }
        case Kind.PPM:
            return _("Cacat paling tinggi %(ppm)s ppm") % {"ppm": number(ask.threshold)}
        case Kind.ON_TIME:
            return _("Ketepatan kirim paling rendah %(rate)s") % {"rate": percent(ask.threshold)}
    return ask.text


def link_of(ask: Ask, names: Mapping[str, str]) -> str:
    """Return what in the portal satisfies a written line; empty for one that follows from the requirement."""
    limit = number(ask.threshold, 3, trim=True) if ask.threshold is not None else ""
    words = {"subject": ask.subject, "limit": limit, "unit": ask.unit}
    match ask.kind:
        case Kind.CRITERION:
            name = names.get(ask.subject, "")
            return _("Butir %(subject)s, nilai paling rendah %(limit)s") % words + (
                f": {name}" if name else ""
            )
        case Kind.DOCUMENT:
            return _("Dokumen %(paper)s yang berlaku") % {
                "paper": DOCUMENT_WORDS.get(ask.subject, ask.subject)
            }
        case Kind.CERTIFICATE:
            return _("Sertifikat “%(subject)s” yang berlaku") % words
        case Kind.MACHINE if limit:
            return _("Mesin “%(subject)s”, paling kecil %(limit)s %(unit)s") % words
        case Kind.MACHINE:
            return _("Mesin “%(subject)s”") % words
        case Kind.MATERIAL:
            return _("Bahan “%(subject)s”") % words
        case Kind.TOOL if limit:
            return _("Alat ukur “%(subject)s” berketelitian %(limit)s mm, terkalibrasi") % words
        case Kind.TOOL:
            return _("Alat ukur “%(subject)s”, terkalibrasi") % words
        case Kind.TOLERANCE:
            return _("Ketelitian kerja %(limit)s mm atau lebih halus") % words
    return ""
