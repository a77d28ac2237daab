"""The facts of an odd check-in in words, so that nobody has to trust a flag that cannot be opened."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from closedloop.core.formats import distance, time_at
from trainings.models import TrainingSession
from trainings.reviewed import Kind, Signal


def signal_facts(signal: Signal, session: TrainingSession) -> list[str]:
    """Return the facts, each a line; times are those of the session's place."""
    facts = {
        Kind.SHARED_PHONE: _phone,
        Kind.WRONG_CLOCK: _clock,
        Kind.LATE_UPLOAD: _late,
        Kind.FAR_AWAY: _far,
    }
    return facts[signal.kind](signal, session)


def _phone(signal: Signal, session: TrainingSession) -> list[str]:
    first = [
        _("HP yang sama mencatat %(enterprise)s pukul %(time)s.")
        % {"enterprise": other.enrolment.enterprise, "time": time_at(other.created_at, session)}
        for other in signal.others
    ]
    return [*first, _("Sesudahnya IKM ini pukul %(time)s.") % {"time": _made(signal, session)}]


def _clock(signal: Signal, session: TrainingSession) -> list[str]:
    return [
        _("Tercatat pukul %(time)s menurut server.") % {"time": _made(signal, session)},
        _error(signal),
        _("Yang berlaku jam server; kehadiran ini dihitung dari situ."),
    ]


def _late(signal: Signal, session: TrainingSession) -> list[str]:
    sent = signal.sent
    values = {
        "proved": time_at(sent.proved_for, session),
        "arrived": time_at(sent.created_at, session),
        "who": sent.sender,
    }
    if sent.proof == sent.Proof.QR:
        proved = _("%(who)s memindai QR di layar pukul %(proved)s menurut server.") % values
    else:
        proved = _("%(who)s mengetik kode yang berlaku pukul %(proved)s menurut HP.") % values
    facts = [proved, _("Kirimannya baru sampai pukul %(arrived)s.") % values]
    if signal.clock_error is not None:
        facts.append(_error(signal))
    return (
        facts if signal.answer else [*facts, _("Belum tercatat hadir. Wajar berarti Anda mencatatnya hadir.")]
    )


def _far(signal: Signal, session: TrainingSession) -> list[str]:
    sent = signal.sent
    values = {"distance": distance(sent.distance), "place": session.place, "time": _made(signal, session)}
    facts = [_("HP-nya sekitar %(distance)s dari %(place)s waktu mencatat pukul %(time)s.") % values]
    if sent.accuracy is not None:
        facts.append(_("Menurut HP itu, meleset paling jauh %(m)s.") % {"m": distance(sent.accuracy)})
    return facts


def _made(signal: Signal, session: TrainingSession) -> str:
    return time_at(signal.mark.created_at, session) if signal.mark else ""


def _error(signal: Signal) -> str:
    minutes = round(abs(signal.clock_error).total_seconds() / 60)
    if signal.clock_error.total_seconds() > 0:
        text = ngettext("Jam HP %(n)d menit lebih cepat.", "Jam HP %(n)d menit lebih cepat.", minutes)
    else:
        text = ngettext("Jam HP %(n)d menit lebih lambat.", "Jam HP %(n)d menit lebih lambat.", minutes)
    return text % {"n": minutes}
