"""Gather from the records what the class rules ask for; read only, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from assessments.class_rules import Inputs, Month, Rule, month_before
from assessments.models import Assessment, ClassScheme, Dimension, Finding, Rubric, Score, Scorecard
from participants.models import Document, Enterprise
from trainings.models import Module
from trainings.progress import passed_modules_of

MONTHS_READ = 14  # the longest period of a rule is twelve months, and the last one may not be closed yet


def rules_of(scheme: ClassScheme) -> list[Rule]:
    """Return the rules of a class scheme in their order."""
    return [
        Rule(
            level=row.level,
            measure=row.measure,
            subject=row.subject,
            threshold=row.threshold,
            months=row.months,
            max_age_days=row.max_age_days,
        )
        for row in scheme.requirements.all()
    ]


def class_inputs(
    enterprise: Enterprise, assessment: Assessment | None, *, today: date | None = None
) -> Inputs:
    """Return what the class rules judge this enterprise by; without an official assessment no score is known."""
    return class_inputs_of([(enterprise, assessment)], today=today)[enterprise.pk]


def class_inputs_of(
    pairs: Iterable[tuple[Enterprise, Assessment | None]], *, today: date | None = None
) -> dict[UUID, Inputs]:
    """Return the inputs of many enterprises by their id; the number of queries does not grow with them."""
    pairs = list(pairs)
    day = today or timezone.localdate()
    enterprises = [enterprise for enterprise, _assessment in pairs]
    modules = passed_modules_of(enterprises)
    ages = _critical_ages(enterprises, day)
    papers = _valid_papers(enterprises, day)
    months = _months(enterprises, day)
    scores = _item_scores([assessment for _enterprise, assessment in pairs if assessment])
    return {
        enterprise.pk: Inputs(
            today=day,
            overall=assessment.overall if assessment else None,
            dimensions=stored_scores(assessment),
            areas=stored_areas(assessment),
            criteria=scores[assessment.pk] if assessment else {},
            modules=frozenset(modules[enterprise.pk]),
            critical_ages=tuple(sorted(ages[enterprise.pk], reverse=True)),
            documents=frozenset(papers[enterprise.pk]),
            months=tuple(months[enterprise.pk]),
        )
        for enterprise, assessment in pairs
    }


def stored_scores(assessment: Assessment | None) -> dict[str, Decimal | None]:
    """Return the frozen dimension scores, 0 to 100, by code; empty while nothing is approved."""
    if assessment is None:
        return {}
    return {
        code: None if value is None else Decimal(value) for code, value in assessment.dimension_scores.items()
    }


def stored_areas(assessment: Assessment | None) -> dict[str, dict[str, Decimal | None]]:
    """Return the frozen area scores, 0 to 100, by dimension and area; empty where the factory was one whole."""
    found: dict[str, dict[str, Decimal | None]] = {}
    for row in assessment.area_scores if assessment else []:
        found.setdefault(row["dimension"], {})[row["area"]] = Decimal(row["score"])
    return found


def _critical_ages(enterprises: list[Enterprise], day: date) -> dict[UUID, list[int]]:
    ages: dict[UUID, list[int]] = defaultdict(list)
    rows = Finding.objects.filter(enterprise__in=enterprises).open().critical()
    for enterprise_id, found_on in rows.values_list("enterprise_id", "found_on"):
        ages[enterprise_id].append((day - found_on).days)
    return ages


def _valid_papers(enterprises: list[Enterprise], day: date) -> dict[UUID, set[str]]:
    """Return the kinds of paper in force; a NIB or NPWP on the record itself counts as one."""
    papers: dict[UUID, set[str]] = defaultdict(set)
    for enterprise in enterprises:
        papers[enterprise.pk] |= {kind for kind in ("nib", "npwp") if getattr(enterprise, kind)}
    for document in Document.objects.kept().filter(enterprise__in=enterprises):
        if document.valid_on(day):
            papers[document.enterprise_id].add(document.kind)
    return papers


def _months(enterprises: list[Enterprise], day: date) -> dict[UUID, list[Month]]:
    months: dict[UUID, list[Month]] = defaultdict(list)
    rows = Scorecard.objects.filter(enterprise__in=enterprises, month__gte=month_before(day, MONTHS_READ))
    for row in rows.order_by("month"):
        months[row.enterprise_id].append(
            Month(
                month=row.month,
                due=row.due_quantity,
                on_time=row.on_time_quantity,
                delivered=row.delivered_quantity,
                rejected=row.rejected_quantity,
                accepted_value=row.accepted_value,
                promised_value=row.promised_value,
                agreements=row.agreements_in_force,
                buyers=row.buyers,
                max_ppm=None if row.max_ppm is None else Decimal(row.max_ppm),
                min_on_time=row.min_on_time,
            )
        )
    return months


def _item_scores(assessments: list[Assessment]) -> dict[UUID, dict[str, int | None]]:
    """Return each item's score; one that several areas were asked counts by the lowest of those it applies to."""
    scores: dict[UUID, dict[str, int | None]] = defaultdict(dict)
    rows = Score.objects.filter(assessment__in=assessments)
    for assessment_id, code, value in rows.values_list("assessment_id", "criterion__code", "value"):
        known = scores[assessment_id].get(code)
        scores[assessment_id][code] = min((one for one in (known, value) if one is not None), default=None)
    return scores


def names_of(rubric: Rubric | None, scheme: ClassScheme) -> dict[str, dict[str, str]]:
    """Return, per language, the title of every dimension, item, module and paper that a rule may name.

    Dimensions go by their code, the others by "criterion:F2", "module:BM" and "document:nib".
    """
    names: dict[str, dict[str, str]] = {"id": {}, "en": {}}
    rules = rules_of(scheme)
    wanted = {rule.subject for rule in rules if rule.measure == "criterion"}
    if rubric:
        dimensions = Dimension.objects.filter(rubric=rubric).prefetch_related("criteria")
        for dimension in dimensions:
            names["id"][dimension.code], names["en"][dimension.code] = dimension.name, dimension.name_en
            for criterion in dimension.criteria.all():
                if criterion.code in wanted:
                    names["id"][f"criterion:{criterion.code}"] = criterion.text
                    names["en"][f"criterion:{criterion.code}"] = criterion.text_en or criterion.text
    for module in Module.objects.order_by("curriculum__version"):
        names["id"][f"module:{module.code}"] = module.name
        names["en"][f"module:{module.code}"] = module.name_en
    for language, titles in names.items():
        with override(language):
            titles |= {f"document:{kind.value}": str(kind.label) for kind in Document.Kind}
    return names
