"""What every model of ours keeps to, walked so that a new model is held to it too."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from closedloop.accounts.models import User
from tests.guards.ours import by_label, company_models, our_models
from tests.guards.rows import one

MODELS = [pytest.param(model, id=model._meta.label) for model in our_models()]

# models without a constraint of their own; each with what guards it
NO_CONSTRAINTS = {
    "participants.CohortIndicators": "one pin per cohort is its OneToOneField",
    "trainings.CohortCurriculum": "one pin per cohort is its OneToOneField",
    "assessments.CohortRubric": "one pin per cohort is its OneToOneField",
}

# fields whose choices no constraint of the database knows; each with what keeps them right
UNCHECKED_CHOICES = {
    "participants.EnrolmentMove.before": "written from Enrolment.status, which is checked",
    "participants.EnrolmentMove.after": "written from Enrolment.status, which is checked",
    "trainings.AttendanceCorrection.before": "written from Attendance.status, which is checked",
    "trainings.AttendanceCorrection.after": "written from Attendance.status, which is checked",
}

# `x_by` and `x_at` that say different things and so need not come together
UNPAIRED: dict[str, str] = {}

# models that hold a company's data and are only ever read through their parent, by that parent's visible_to
THROUGH_PARENT = {
    "participants.EnterpriseKbli": "enterprise.kbli_links",
    "participants.AnnualFigure": "enterprise.annual_figures",
    "participants.EnrolmentMove": "enrolment.moves",
    "participants.MentorAssignment": "enrolment.mentor_assignments",
    "participants.LineConfirmation": "machine.confirmation and the like, on the profile that holds the line",
    "participants.ImportRow": "batch.rows, which only importers may see",
    "trainings.Answer": "attempt.answers",
    "trainings.AttendanceCorrection": "attendance.corrections",
    "trainings.SessionReminder": "session.reminders, on a page of who may run the session",
    "trainings.RosterTap": "session.taps, on the page of a session one may run",
    "trainings.ActionReport": "action.reports",
    "trainings.VisitAnswer": "visit.answers",
    "trainings.VisitPhoto": "visit.photos",
    "trainings.Leaving": "attendance.leaving, beside its mark",
    "trainings.SentCheckIn": "session.sent_check_ins, which only who runs the session reads",
    "trainings.SignalAnswer": "signals_of(session)",
    "trainings.WarningAnswer": "warnings_of(enrolments)",
    "assessments.Area": "assessment.areas",
    "assessments.Score": "assessment.scores",
    "assessments.FindingReminder": "finding.reminders, which the portal alone reads",
    "assessments.ReviewRound": "assessment.rounds",
    "assessments.ReviewRemark": "round.remarks",
    "assessments.SecondScore": "second.scores, to both who settle them and to who may see the second look",
    "assessments.BoardMember": "decision.board",
    "reports.Supersession": "job.superseded and job.supersedes, on the page of whoever holds the paper",
    "reports.Revocation": "job.revocation, on the page of whoever holds the paper",
    "reports.ScheduledMonth": "schedule.months, on the page of a schedule one may see",
    "partnerships.AgreementParty": "agreement.parties: who signed is said to all who signed",
    "partnerships.Promise": "line.promises",
    "partnerships.AddendumNumber": "addendum.numbers: which number each party gave the paper all of them signed",
    "partnerships.ConfirmationLink": "contact.links, on the page of who manages buyers",
    "partnerships.ScheduleLine": "line.schedule",
    "partnerships.ClearanceDay": "clearance.days",
    "partnerships.Milestone": "line.milestones",
    "partnerships.ExpiryNotice": "agreement.expiry_notices, which the portal alone reads",
    "partnerships.StallAnswer": "stall.answers",
    "partnerships.ReviewDecision": "meeting.decisions",
}


def field_names_in(condition) -> set[str]:
    """The fields that a condition reads."""
    names = set()
    for child in condition.children:
        if isinstance(child, models.Q):
            names |= field_names_in(child)
        elif isinstance(child, tuple):
            names.add(child[0].split("__")[0])
    return names


def values_listed_in(condition, name: str) -> set:
    """The values that a condition allows the field, in `name=value` and `name__in=[...]`."""
    values = set()
    for child in condition.children:
        if isinstance(child, models.Q):
            values |= values_listed_in(child, name)
        elif child[0] == name:
            values.add(child[1])
        elif child[0] == f"{name}__in":
            values |= set(child[1])
    return {value for value in values if not hasattr(value, "resolve_expression")}


def checks(model) -> list[models.CheckConstraint]:
    return [check for check in model._meta.constraints if isinstance(check, models.CheckConstraint)]


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS)
def test_it_says_what_it_is(model, count):
    row = one(model)
    text = str(row)
    assert text and f"{model.__name__} object" not in text
    assert str(row.pk) not in text or isinstance(model._meta.pk, models.CharField)
    count("models", models=1)


@pytest.mark.parametrize("model", MODELS)
def test_something_must_never_be(model):
    assert bool(model._meta.constraints) != (model._meta.label in NO_CONSTRAINTS)


@pytest.mark.parametrize("model", MODELS)
def test_the_database_knows_the_choices(model, count):
    """One check names every choice, so that a word which is none of them is refused."""
    unchecked = []
    for field in model._meta.local_concrete_fields:
        if field.choices:
            count("models", choices=1)
            known = {value for value, _label in field.flatchoices}
            if not any(known <= values_listed_in(check.condition, field.name) for check in checks(model)):
                unchecked.append(f"{model._meta.label}.{field.name}")
    assert unchecked == [name for name in UNCHECKED_CHOICES if name.startswith(f"{model._meta.label}.")]


@pytest.mark.parametrize("model", MODELS)
def test_when_and_by_whom_come_together(model, count):
    """Style 2.7: half a fact (a moment without a person) is refused by a constraint that names both."""
    untied = []
    for field in model._meta.local_concrete_fields:
        if not field.name.endswith("_by"):
            continue
        try:
            moment = model._meta.get_field(f"{field.name.removesuffix('_by')}_at")
        except FieldDoesNotExist:
            continue
        count("models", pairs=1)
        if not field.null and not moment.null:
            continue
        if not any({field.name, moment.name} <= field_names_in(check.condition) for check in checks(model)):
            untied.append(f"{model._meta.label}.{field.name}")
    assert untied == [name for name in UNPAIRED if name.startswith(f"{model._meta.label}.")]


@pytest.mark.parametrize("model", MODELS)
def test_no_field_has_a_name_that_python_keeps(model):
    assert "class" not in {field.name for field in model._meta.get_fields()}


@pytest.mark.parametrize("model", [pytest.param(model, id=model._meta.label) for model in company_models()])
def test_a_companys_rows_know_who_may_see_them(model, count):
    assert hasattr(model._default_manager, "visible_to") != (model._meta.label in THROUGH_PARENT)
    count("models", company_models=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model",
    [
        pytest.param(model, id=model._meta.label)
        for model in our_models()
        if hasattr(model._default_manager, "visible_to")
    ],
)
def test_a_role_nobody_decided_on_sees_nothing(model, count):
    one(model)
    stranger = User(role="nobody", is_active=True)
    assert list(model._default_manager.visible_to(stranger)) == []
    count("models", scoped=1)


def test_reviewed_lists_name_only_what_is_there():
    known = by_label()
    assert set(NO_CONSTRAINTS) | set(THROUGH_PARENT) <= set(known)
    fields = {
        f"{label}.{field.name}" for label, model in known.items() for field in model._meta.concrete_fields
    }
    assert set(UNCHECKED_CHOICES) | set(UNPAIRED) <= fields
