"""Laporan Perkembangan IKM (domain.md §10.1): one IKM through the whole loop, three to five pages."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessments.class_rules import next_level
from closedloop.accounts.models import User
from closedloop.accounts.permissions import Permission
from closedloop.core import charts, formats
from closedloop.figures.catalogue import Scope, Sheet
from closedloop.figures.money import ledger_of
from closedloop.figures.pipeline import clearances, decisions
from closedloop.figures.stage import Standing
from closedloop.reports import areas, sections, supply
from closedloop.reports.desk import Desk
from closedloop.reports.frame import add_figures, base_context, frame, pairs
from closedloop.reports.models import Kind
from closedloop.reports.versions import version_facts
from closedloop.reports.workbook import Cell
from participants.models import ClassLevel, Enterprise, Person

KIND = Kind.ENTERPRISE
PREFIX = "LPI"
TEMPLATE = "reports/pdf/enterprise.html"

HEADLINES = ["scores.last", "attendance.rate", "qcd.on_time", "money.fulfilment"]
FIGURES = [
    *HEADLINES,
    "scores.first",
    "scores.change",
    "scores.findings_open",
    "scores.findings_critical",
    "scores.findings_overdue",
    "attendance.sessions",
    "attendance.modules_passed",
    "qcd.ppm",
    "supply.on_time",
    "supply.ppm",
    "money.promised",
    "money.ordered",
    "money.delivered",
    "money.accepted",
    "money.invoiced",
    "money.paid",
]


def everything() -> QuerySet[Enterprise]:
    return Enterprise.objects.select_related("regency__province")


def subjects(user: User) -> QuerySet[Enterprise]:
    """IKM one may know of; a buyer asks for agreements instead, an owner has the portal's own pages."""
    if not user.may(Permission.REPORT_REQUEST) or not user.may(Permission.ENTERPRISE_VIEW):
        return Enterprise.objects.none()
    return Enterprise.objects.visible_to(user).select_related("regency__province")


def snapshots(
    subjects: Sequence[Enterprise], *, language: str, by: User | None, as_of: datetime
) -> Iterator[dict]:
    """Yield everything the report of each IKM will say, in their order; what they share is read once."""
    desk = Desk(subjects, language=language, by=by, as_of=as_of)
    for subject in subjects:
        yield one_snapshot(desk, subject)


def one_snapshot(desk: Desk, subject: Enterprise) -> dict:
    sheet, found = desk.sheet.of(subject.pk), frame_of(KIND, desk, subject)
    found["versions"] = versions_of(desk, subject)
    add_figures(found, sheet, FIGURES, headlines=HEADLINES)
    missing = desk.missing.get(subject.pk, [])
    found |= {
        "identity": sections.identity(desk, subject),
        "class": sections.class_words(subject.class_level, subject.class_since),
        "next_class": str(ClassLevel(next_level(subject.class_level)).label),
        "stage": stage_words(desk.standings[subject.pk], sheet.scope.day),
        "modules": sections.module_rows(sheet),
        "scores": sections.dimension_rows(desk, subject),
        "areas": areas.area_rows(desk, subject),
        "groups": sections.group_rows(desk, subject),
        "findings": sections.finding_rows(sheet),
        "qcd": sections.qcd_series(sheet),
        "business": sections.business_rows(subject),
        "clearances": clearance_rows(sheet),
        "decisions": decision_rows(sheet),
        "agreements": agreement_part(desk, subject),
        "signers": signers(desk, subject),
        "missing": missing,
    }
    return found | {"achievements": achievements(found)[:3], "problems": problems(found, missing)[:3]}


def frame_of(kind: Kind, desk: Desk, subject: Enterprise) -> dict:
    """Return the head of a paper about one IKM: its name, its place and cohort, and how fresh the data is."""
    enrolment = desk.enrolments.get(subject.pk)
    return frame(
        kind,
        heading=subject.display_name,
        line=" · ".join(
            part for part in (subject.regency.short_name, enrolment and str(enrolment.cohort)) if part
        ),
        filters=[(_("Data"), _("sampai %(moment)s") % {"moment": formats.moment(desk.as_of)})],
        language=desk.language,
        by=desk.by,
        as_of=desk.as_of,
    )


def versions_of(desk: Desk, subject: Enterprise) -> list[list[str]]:
    """Return the rubric of the last assessment and the class requirements the cohort was begun with."""
    row, scheme = desk.assessed.get(subject.pk), desk.scheme_of(subject)
    return version_facts([row.last.rubric] if row else [], [scheme] if scheme else [])


def stage_words(standing: Standing, day: date) -> dict:
    return {
        "name": standing.label,
        "since": formats.date_medium(standing.since),
        "days": formats.number(standing.days(day)),
        "who": standing.next_step.who,
        "next": standing.next_step.text,
        "done": [one.label for one in standing.completed],
    }


def clearance_rows(sheet: Sheet) -> list[dict]:
    return [
        {"buyer": str(row.buyer), "status": row.get_status_display(), "unmet": len(row.unmet)}
        for rows in sheet.read(clearances).values()
        for row in rows
    ]


def decision_rows(sheet: Sheet) -> list[dict]:
    return [
        {
            "on": formats.date_medium(row.decided_at),
            "outcome": row.get_outcome_display(),
            "level": row.get_level_after_display(),
            "number": row.record_number,
            "valid": formats.date_medium(row.valid_until),
        }
        for rows in sheet.read(decisions).values()
        for row in rows
    ]


def agreement_part(desk: Desk, subject: Enterprise) -> dict:
    """Return the IKM's agreements; withheld, which is not empty, from who may not see them."""
    if not desk.may(Permission.AGREEMENT_VIEW):
        return {"withheld": True, "rows": []}
    if not (agreements := desk.agreements[subject.pk]):
        return {"withheld": False, "rows": []}
    scope = Scope(user=desk.by, enterprise=subject, as_of=desk.as_of)
    return {"withheld": False, "rows": supply.agreement_rows(agreements, ledger_of(scope), scope.day)}


def signers(desk: Desk, subject: Enterprise) -> list[dict]:
    """Return who signs: the mentor, the owner, the programme. A name nobody recorded is left to be written."""
    mentor, lead = desk.mentor_of(subject), desk.lead
    owners = desk.people_of(subject, Person.Position.OWNER, Person.Position.DIRECTOR)
    return [
        {
            "role": _("Dibuat oleh,"),
            "name": mentor.full_name if mentor else "",
            "title": _("Mentor pendamping"),
        },
        {
            "role": _("Menyetujui,"),
            "name": owners[0].full_name if owners else "",
            "title": subject.display_name,
        },
        {
            "role": _("Mengetahui,"),
            "name": lead.full_name if lead else "",
            "title": (lead and lead.title) or _("Pimpinan program"),
        },
    ]


def achievements(found: dict) -> list[str]:
    """Return what went well, the weightiest first; each from a figure of the report."""
    figures, words = found["figures"], []
    if found["decisions"] and found["decisions"][-1]["outcome"]:
        last = found["decisions"][-1]
        words.append(
            _("%(outcome)s: %(level)s, berita acara %(number)s.")
            % {"outcome": last["outcome"], "level": last["level"], "number": last["number"]}
        )
    if (change := figures["scores.change"])["known"] and not change["value"].startswith("-"):
        words.append(
            _("Nilai total naik %(change)s poin, dari %(first)s menjadi %(last)s.")
            % {
                "change": change["text"].lstrip("+"),
                "first": figures["scores.first"]["text"],
                "last": figures["scores.last"]["text"],
            }
        )
    if (passed := figures["attendance.modules_passed"])["known"] and passed["n"] != "0":
        words.append(_("%(of)s lulus.") % {"of": passed["of"]})
    if found["findings"]["closed"]:
        words.append(
            _("%(n)s dari %(m)s temuan sudah ditutup.")
            % {"n": found["findings"]["closed"], "m": found["findings"]["all"]}
        )
    ready = [row["buyer"] for row in found["clearances"] if not row["unmet"]]
    if ready:
        words.append(_("Siap pasok ke %(buyers)s.") % {"buyers": ", ".join(ready)})
    return words


def problems(found: dict, missing: list[str]) -> list[str]:
    """Return what stands in the way, the most urgent first."""
    figures, words = found["figures"], []
    critical = figures["scores.findings_critical"]
    if critical["known"] and critical["value"] != "0":
        words.append(_("%(count)s temuan kritis masih terbuka.") % {"count": critical["text"]})
    words += [concern + "." for row in found["agreements"]["rows"] for concern in row["concerns"]]
    late = figures["scores.findings_overdue"]
    if late["known"] and late["value"] != "0":
        words.append(_("%(count)s temuan lewat tenggat.") % {"count": late["text"]})
    return words + [line + "." for line in missing]


def cells(snapshot: dict) -> Iterator[Cell]:
    """Yield the dimensions, the modules and the months of deliveries."""
    for row in snapshot["scores"]["rows"]:
        for name, key in ((_("Awal"), "first"), (_("Terakhir"), "last"), (_("Syarat"), "target")):
            yield Cell(_("Penilaian"), row["name"], name, row[key], "score")
    for row in snapshot["modules"]:
        yield Cell(
            _("Pelatihan"), f"{row['code']} {row['name']}", _("Status"), row["state"], text=row["rate"]
        )
    qcd = snapshot.get("qcd", {"months": []})
    for at, month in enumerate(qcd["months"]):
        yield Cell("QCD", month, _("Ketepatan kirim (OTD)"), qcd["on_time"][at], "%")
        yield Cell("QCD", month, _("Cacat"), qcd["ppm"][at], "ppm")


def context(snapshot: dict) -> dict:
    """Return what the template needs: the snapshot and its drawings."""
    scores, qcd = snapshot["scores"], snapshot["qcd"]
    rows, targets = scores["rows"], scores.get("targets", {})
    series = [
        charts.Series(
            _("Syarat %(name)s") % {"name": scores["next_class"]}, [r["target"] for r in rows], "target"
        ),
        charts.Series(_("Awal"), [r["first"] for r in rows], "baseline"),
        charts.Series(_("Terakhir"), [r["last"] for r in rows], "last"),
    ]
    series = [one for one in series if any(value is not None for value in one.values)]
    drawings = {
        "radar": charts.radar(
            [short_name(r) for r in rows],
            series,
            label=_("Nilai tujuh bidang: %(rows)s")
            % {"rows": ", ".join(f"{r['name']} {r['last_text']}" for r in rows)},
            width=430,
        ),
        "on_time": charts.line(
            qcd["months"],
            [(_("OTD"), qcd["on_time"])],
            label=_("Ketepatan kirim dua belas bulan: %(text)s")
            % {"text": snapshot["figures"]["qcd.on_time"]["text"]},
            target=float(targets["on_time"]) * 100 if "on_time" in targets else None,
            target_label=_("Syarat"),
            top=100,
            unit="%",
            width=660,
            height=214,
        ),
        "ppm": charts.line(
            qcd["months"],
            [(_("Cacat"), qcd["ppm"])],
            label=_("Cacat di pembeli dua belas bulan: %(text)s ppm")
            % {"text": snapshot["figures"]["qcd.ppm"]["text"]},
            target=float(targets["reject_ppm"]) if "reject_ppm" in targets else None,
            target_label=_("Batas"),
            decimals=0,
            width=660,
            height=170,
        ),
        "five_s": group_bars(snapshot["groups"], "5R"),
        "safety": group_bars(snapshot["groups"], "K3L"),
    }
    return {
        **base_context(snapshot, drawings),
        "identity": pairs(snapshot["identity"]),
        "next_class": snapshot["next_class"],
        "has_delivery_history": bool(qcd["known"]),
        "recommendation": [line for line in scores.get("recommendation", "").splitlines() if line.strip()],
    }


def short_name(row: dict) -> str:
    """Return the name of a dimension, or its code where the name does not fit beside a radar."""
    return row["name"] if len(row["name"]) <= 18 else row["code"]


def group_bars(groups: list[dict], code: str) -> str:
    """Return the bars of one dimension's groups of check items, for half the width of the page."""
    return charts.bars(
        [charts.Bar(group["name"], group["value"]) for group in groups if group["dimension"] == code],
        label=_("Nilai %(code)s menurut kelompok butir periksa") % {"code": code},
        decimals=1,
        width=430,
    )
