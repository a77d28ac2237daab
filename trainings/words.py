"""A verdict about a module in words an owner understands: what is needed, never blame."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from closedloop.core.formats import date_medium, number, percent
from trainings.certification import Obstacle
from trainings.completion import Gap, State
from trainings.counting import Why

if TYPE_CHECKING:
    from decimal import Decimal

    from trainings.certification import Hours
    from trainings.counting import AttendanceShare, Counted
    from trainings.earned import Candidate
    from trainings.progress import ModuleProgress
    from trainings.warned import Warned

TONES = {State.UNKNOWN: "new", State.RUNNING: "info", State.PASSED: "ok", State.NOT_PASSED: "todo"}


def state_label(state: State) -> str:
    """Return the state as its badge says it."""
    return {
        State.UNKNOWN: _("Belum ada data"),
        State.RUNNING: _("Berjalan"),
        State.PASSED: _("Lulus"),
        State.NOT_PASSED: _("Belum terpenuhi"),
    }[state]


def share_text(share: "AttendanceShare | Hours") -> str:
    """Return what every percentage of attendance is said with: "5 dari 6 sesi (18,5 dari 22 JP)"."""
    return _("%(n)s dari %(m)s sesi (%(jp)s dari %(of)s JP)") % {
        "n": number(share.sessions_present),
        "m": number(share.sessions_held),
        "jp": hours_text(share.jp_present),
        "of": number(share.jp_held),
    }


def hours_text(hours: "Decimal | int") -> str:
    """Return lesson hours without empty decimals: "4", "4,5"."""
    return number(hours, 2, trim=True)


def why_text(line: "Counted") -> str:
    """Return how a session counts for an IKM, and why."""
    points, elsewhere = line.jp_present / line.meeting.hours, line.made_up_at
    return {
        Why.PRESENT: _("Dihitung penuh"),
        Why.PART: _("Dihitung dengan poin %(points)s"),
        Why.MADE_UP: _("Diganti di %(session)s, %(cohort)s"),
        Why.AWAY: _("Dihitung, tanpa poin"),
        Why.GIVES_BACK: _("Susulan: mengganti yang terlewat"),
        Why.SPARE: _("Tidak dihitung: tidak ada yang perlu diganti"),
        Why.NOT_EXPECTED: _("Tidak dihitung: IKM tidak di daftar pada hari itu"),
        Why.NOT_TAUGHT: _("Tidak dihitung: modulnya tidak ada di kurikulum angkatan"),
    }[line.why] % {
        "points": hours_text(points),
        "session": elsewhere or "",
        "cohort": elsewhere.cohort if elsewhere else "",
    }


def gap_text(gap: Gap, progress: "ModuleProgress") -> str:
    """Return what is missing, with the numbers it was judged by."""
    share, module = progress.attendance, progress.module
    numbers = {
        "share": share_text(share),
        "by_owner": share_text(progress.by_owner),
        "to_come": progress.sessions_to_come,
        "needed": percent(module.min_attendance),
        "mark": number(progress.post_mark, 2, trim=True),
        "pass_mark": number(module.pass_mark, 2, trim=True),
        "open": progress.actions.still_open,
        "actions": progress.actions.total,
    }
    text = {
        Gap.NOT_HELD: _("Belum ada sesi yang selesai"),
        Gap.SESSIONS_TO_COME: _("Masih ada %(to_come)d sesi"),
        Gap.ATTENDANCE: _("Hadir %(share)s, perlu %(needed)s"),
        Gap.OWNER_AWAY: _("Pemilik hadir sendiri %(by_owner)s, perlu %(needed)s"),
        Gap.MARK_UNKNOWN: _("Nilai tes akhir belum ada"),
        Gap.MARK_LOW: _("Nilai tes akhir %(mark)s, perlu %(pass_mark)s"),
        Gap.NO_ACTION: _("Belum ada aksi pabrik dari modul ini"),
        Gap.ACTIONS_OPEN: _("%(open)d dari %(actions)d aksi pabrik belum diperiksa mentor"),
    }[gap]
    return text % numbers


def obstacle_text(obstacle: Obstacle, candidate: "Candidate") -> str:
    """Return why somebody has no certificate yet, with the numbers it was judged by."""
    hours = candidate.hours
    text = {
        Obstacle.MODULE_NOT_PASSED: _("IKM belum lulus modul ini"),
        Obstacle.TOO_FEW_HOURS: _("Hadir sendiri %(share)s, perlu %(needed)s"),
    }[obstacle]
    return text % {
        "share": share_text(hours),
        "needed": percent(candidate.module.min_attendance),
    }


def fact_label(name: str) -> str:
    """Return what a printed fact is called."""
    return {
        "holder": _("nama pemegang"),
        "enterprise": _("nama IKM"),
        "cohort": _("nama angkatan"),
        "module": _("nama modul"),
        "curriculum": _("kurikulum"),
        "module_jp": _("JP modul"),
        "jp_present": _("JP hadir"),
        "jp_held": _("JP yang diadakan"),
        "sessions_present": _("sesi hadir"),
        "sessions_held": _("sesi yang diadakan"),
        "first_day": _("hari pertama"),
        "last_day": _("hari terakhir"),
        "min_attendance": _("syarat kehadiran"),
        "pass_mark": _("syarat nilai"),
        "issuer": _("penerbit"),
        "city": _("kota penerbit"),
    }[name]


def warning_facts(warned: "Warned") -> list[str]:
    """Return the facts that fired a warning, each a line."""
    if warned.missed:
        return [
            _("%(session)s, %(day)s") % {"session": one.title, "day": date_medium(one.day)}
            for one in warned.missed
        ]
    share, module = warned.module.attendance, warned.module.module
    return [
        _("%(module)s: hadir %(share)s, perlu %(needed)s")
        % {
            "module": module.heading,
            "share": share_text(share),
            "needed": percent(module.min_attendance),
        }
    ]


def reminder_text(warned: "Warned") -> str:
    """Return the message a mentor may send: what is missing and an offer to help, never blame.

    It is in Indonesian in whatever language its sender reads the portal: an owner is who reads it.
    """
    with translation.override("id"):
        values = {
            "name": warned.contact.full_name if warned.contact else "",
            "enterprise": warned.enrolment.enterprise,
            "cohort": warned.enrolment.cohort,
        }
        if warned.missed:
            text = _(
                "Selamat siang, %(name)s. %(enterprise)s tidak tercatat hadir di %(count)d sesi terakhir %(cohort)s. "
                "Apakah ada kendala yang dapat kami bantu?"
            )
            return text % {**values, "count": len(warned.missed)}
        text = _(
            "Selamat siang, %(name)s. Kehadiran %(enterprise)s di modul %(module)s baru %(share)s, "
            "sedangkan syaratnya %(needed)s. Mari kita atur sesi susulannya."
        )
        share, module = warned.module.attendance, warned.module.module
        return text % {
            **values,
            "module": module.title,
            "share": share_text(share),
            "needed": percent(module.min_attendance),
        }
