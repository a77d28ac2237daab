"""The parts of a report about one IKM, as plain words and numbers, from what its sheet and the desk have read."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.class_rules import next_level
from assessments.inputs import rules_of, stored_scores
from assessments.models import ClassScheme, Finding
from closedloop.accounts.permissions import Permission
from closedloop.core import formats, money
from closedloop.figures.attendance import training
from closedloop.figures.catalogue import Sheet
from closedloop.figures.qcd import months
from closedloop.figures.scores import findings
from closedloop.reports.desk import Desk
from closedloop.reports.frame import text
from participants.models import ClassLevel, Enterprise
from trainings.completion import State
from trainings.counting import AttendanceShare
from trainings.words import hours_text


def state_words(state: State) -> str:
    match state:
        case State.PASSED:
            return _("Lulus")
        case State.NOT_PASSED:
            return _("Belum lulus")
        case State.RUNNING:
            return _("Berjalan")
    return formats.unknown()


def identity(desk: Desk, enterprise: Enterprise) -> list[list[str]]:
    """Return the facts of the enterprise as (name, words) pairs; the NIB in full only for who may see it."""
    enrolment, mentor = desk.enrolments.get(enterprise.pk), desk.mentor_of(enterprise)
    main = next((link.kbli for link in enterprise.kbli_links.all() if link.is_primary), None)
    owner = next(iter(desk.people_of(enterprise)), None)
    nib = enterprise.nib if desk.may(Permission.IDENTITY_VIEW_FULL) else enterprise.masked_nib
    level = enterprise.class_level
    place = f"{enterprise.regency.name}, {enterprise.regency.province.name}"
    address = ", ".join(
        part for part in (enterprise.address, enterprise.village, enterprise.district) if part
    )
    products = ", ".join(product.name for product in enterprise.products.all()[:4])
    processes = ", ".join(str(process) for process in enterprise.processes.all()[:4])
    return [
        [_("Nama usaha"), enterprise.display_name],
        [_("Bentuk usaha"), enterprise.get_legal_form_display()],
        [_("Narahubung"), text(owner and f"{owner.full_name} ({owner.get_position_display().lower()})")],
        ["NIB", text(nib)],
        [_("Alamat"), text(address)],
        [_("Kabupaten/kota"), place],
        [_("Tahun berdiri"), text(enterprise.founded_year)],
        ["KBLI", text(main and f"{main.code} ({main.version}) {main.title}")],
        [_("Produk utama"), text(products)],
        [_("Proses"), text(processes)],
        [_("Angkatan"), text(enrolment and f"{enrolment.cohort}, {enrolment.get_status_display().lower()}")],
        [_("Mentor"), text(mentor and mentor.full_name)],
        [_("Kelas usaha"), class_words(level, enterprise.class_since)],
        [_("Sertifikat"), text(enterprise.certificates)],
    ]


def class_words(level: int | None, since: date | None = None) -> str:
    if level is None:
        return _("Belum ada kelas")
    word = str(ClassLevel(level).label)
    return _("%(word)s sejak %(day)s") % {"word": word, "day": formats.date_medium(since)} if since else word


def module_rows(sheet: Sheet) -> list[dict]:
    """Return one row per module of the latest enrolment: hours, attendance, marks, state."""
    rows = next(iter(sheet.read(training).values()), [])
    if not rows:
        return []
    _enrolment, items = rows[0]
    return [
        {
            "code": item.module.code,
            "name": item.module.title,
            "hours": formats.number(item.module.lesson_hours),
            "attended": f"{hours_text(item.attendance.jp_present)} / {item.attendance.jp_held}",
            "rate": formats.percent(item.attendance.ratio),
            "sessions": sessions_of(item.attendance),
            "pre": dash(item.pre_mark),
            "post": dash(item.post_mark),
            "state": state_words(item.completion.state),
            "tone": {State.PASSED: "ya", State.NOT_PASSED: "tidak"}.get(item.completion.state, "belum"),
        }
        for item in items
    ]


def sessions_of(share: AttendanceShare) -> str:
    """Return what a percentage of attendance is said with in a narrow cell; nothing while nothing was held."""
    if not share.sessions_held:
        return ""
    return _("%(n)s dari %(m)s sesi") % {
        "n": formats.number(share.sessions_present),
        "m": formats.number(share.sessions_held),
    }


def dash(value: Decimal | None, decimals: int = 0) -> str:
    """Return a figure for a narrow cell; an en dash where it is unknown (the table says so below)."""
    return formats.EN_DASH if value is None else formats.number(value, decimals, trim=True)


def score(value: Decimal | None) -> str:
    """Return a score with its one decimal for a narrow cell; an en dash where it is unknown."""
    return formats.EN_DASH if value is None else formats.score(value)


def targets_of(scheme: ClassScheme | None, level: int, codes: list[str]) -> dict[str, Decimal]:
    """Return what the class asks for per dimension code, and "overall", "on_time", "reject_ppm"."""
    if scheme is None:
        return {}
    rules = [rule for rule in rules_of(scheme) if rule.level == level and rule.threshold is not None]
    by_measure = {rule.measure: rule.threshold for rule in rules if not rule.subject}
    every = by_measure.get("every_dimension")
    targets = {code: every for code in codes if every is not None}
    targets |= {rule.subject: rule.threshold for rule in rules if rule.measure == "dimension"}
    wanted = ("overall", "on_time", "reject_ppm")
    return targets | {name: by_measure[name] for name in wanted if name in by_measure}


def dimension_rows(desk: Desk, enterprise: Enterprise) -> dict:
    """Return the dimensions of the last official assessment beside the first one and the next class."""
    row = desk.assessed.get(enterprise.pk)
    if row is None:
        return {"rows": [], "next_class": "", "targets": {}}
    dimensions = desk.dimensions[row.last.rubric_id]
    first, last = stored_scores(row.first), stored_scores(row.last)
    goal = next_level(enterprise.class_level)
    targets = targets_of(desk.scheme_of(enterprise), goal, [dimension.code for dimension in dimensions])
    twice = len(row.official) > 1
    found = []
    for dimension in dimensions:
        before = first.get(dimension.code) if twice else None
        now, target = last.get(dimension.code), targets.get(dimension.code)
        gap = None if now is None or target is None else now - target
        found.append(
            {
                "code": dimension.code,
                "name": dimension.title,
                "weight": formats.number(dimension.weight, 1, trim=True),
                "first": number_or_none(before),
                "last": number_or_none(now),
                "target": number_or_none(target),
                "first_text": score(before),
                "last_text": score(now),
                "target_text": dash(target, 1),
                "gap_text": formats.EN_DASH if gap is None else formats.change(gap),
                "met": None if gap is None else gap >= 0,
                "state": "" if gap is None else _("Terpenuhi") if gap >= 0 else _("Belum"),
            }
        )
    return {
        "rows": found,
        "next_class": str(ClassLevel(goal).label),
        "first_on": formats.date_medium(row.first.visited_on) if twice else "",
        "last_on": formats.date_medium(row.last.visited_on),
        "last_kind": row.last.get_kind_display(),
        "assessor": row.last.assessor.full_name,
        "rubric": str(row.last.rubric),
        "targets": {name: str(value) for name, value in targets.items()},
        "recommendation": row.last.recommendation,
    }


def number_or_none(value: Decimal | None) -> float | None:
    """Return a number for a chart."""
    return None if value is None else float(value)


def group_rows(desk: Desk, enterprise: Enterprise) -> list[dict]:
    """Return the score of each group of check items (Ringkas, Rapi …, Keselamatan …) of the last assessment."""
    row = desk.assessed.get(enterprise.pk)
    if row is None:
        return []
    top = row.last.rubric.scale_max
    sums: dict[tuple, list] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for score in desk.scores[row.last.pk]:
        criterion = score.criterion
        held = sums[criterion.dimension.code, criterion.group_title or criterion.dimension.title]
        held[0] += criterion.weight * score.value
        held[1] += criterion.weight * top
    return [
        {"dimension": code, "name": group, "value": float(reached / most * 100)}
        for (code, group), (reached, most) in sums.items()
        if most
    ]


def finding_rows(sheet: Sheet, limit: int = 12) -> dict:
    """Return the open findings with their age, and the corrective actions (PICA) of all of them."""
    day = sheet.scope.day
    found = [finding for rows in sheet.read(findings).values() for finding in rows]
    still_open = [finding for finding in found if finding.status != Finding.Status.CLOSED]
    return {
        "open": [
            {
                "problem": finding.problem,
                "field": str(finding.criterion.dimension) if finding.criterion else "",
                "item": finding.criterion.code if finding.criterion else "",
                "critical": finding.is_critical,
                "age": formats.number((day - finding.found_on).days),
                "due": formats.date_short(finding.due_on),
                "late": finding.due_on < day,
                "state": finding.get_status_display(),
            }
            for finding in still_open[:limit]
        ],
        "left_out": max(len(still_open) - limit, 0),
        "actions": [
            {
                "problem": finding.problem,
                "cause": text(finding.root_cause),
                "action": action.description,
                "who": action.responsible,
                "due": formats.date_short(action.due_on),
                "state": (
                    _("Selesai %(day)s") % {"day": formats.date_short(action.done_on)}
                    if action.done_on
                    else _("Lewat tenggat")
                    if action.due_on < day
                    else _("Berjalan")
                ),
                "tone": "ya" if action.done_on else "tidak" if action.due_on < day else "belum",
            }
            for finding in found
            for action in finding.actions.all()
        ][:limit],
        "closed": sum(finding.status == Finding.Status.CLOSED for finding in found),
        "all": len(found),
    }


def qcd_series(sheet: Sheet) -> dict:
    """Return twelve months of punctuality and rejects for the lines; a month without a scorecard is a gap."""
    day = sheet.scope.day
    by_month = {card.month: card for rows in sheet.read(months).values() for card in rows}
    names, on_time, rejects = [], [], []
    for back in range(11, -1, -1):
        index = day.year * 12 + day.month - 1 - back
        month = date(index // 12, index % 12 + 1, 1)
        card = by_month.get(month)
        names.append(formats.month_short(month))
        on_time.append(
            card.on_time_quantity / card.due_quantity * 100 if card and card.due_quantity else None
        )
        rejects.append(
            card.rejected_quantity / card.delivered_quantity * 1_000_000
            if card and card.delivered_quantity
            else None
        )
    return {"months": names, "on_time": on_time, "ppm": rejects, "known": len(by_month)}


def business_rows(enterprise: Enterprise) -> dict:
    """Return sales and workforce at the start and now, and what the record says of capital."""
    figures = sorted(enterprise.annual_figures.all(), key=lambda one: one.year)
    first = next((one for one in figures if one.is_baseline), figures[0] if figures else None)
    last = figures[-1] if figures else None
    if last is first:
        last = None

    def cell(figure, name, write):
        value = figure and getattr(figure, name)
        return formats.unknown() if value is None else write(value)

    return {
        "first": str(first.year) if first else "",
        "last": str(last.year) if last else "",
        "rows": [
            {
                "name": _("Omzet setahun"),
                "first": cell(first, "annual_sales", money.rupiah),
                "last": cell(last, "annual_sales", money.rupiah),
            },
            {
                "name": _("Tenaga kerja"),
                "first": cell(first, "employee_count", formats.number),
                "last": cell(last, "employee_count", formats.number),
            },
        ],
        "capital": formats.unknown() if enterprise.capital is None else money.rupiah(enterprise.capital),
        "investment": (
            formats.unknown()
            if enterprise.investment_value is None
            else money.rupiah(enterprise.investment_value)
        ),
        "employees": formats.number(enterprise.employee_count),
    }
