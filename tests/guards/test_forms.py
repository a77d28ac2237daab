"""A form changes what it shows and nothing else (reliability Z4, Z6)."""

import pytest
from django.db import models
from django.forms import ModelChoiceField

from closedloop.accounts.models import User
from tests.access import TABLE
from tests.guards.acts import ACTS, POSTS
from tests.guards.ours import company_models, our_models
from tests.guards.replay import Past, Readings, differences, rows
from tests.guards.stranger import ACTORS, Stranger
from tests.guards.walk import differing, fingerprint, first_allowed, prepare, undone

BY_TENANTS = [row for row in [*TABLE, *ACTS] if set(row.allowed.split()) & set(ACTORS)]

# names that only rules, and people with a right, may set
PRIVILEGED = {
    field.name
    for model in our_models()
    for field in model._meta.concrete_fields
    if not field.editable or field.name.endswith("_by")
} | {"role", "is_active", "is_superuser", "is_staff", "groups", "user_permissions"}

# by which pressing twice is known as once: every form that makes a record has it, as a model happens to
FORMS_KEY = {"key"}

# a check-in's hidden fields: the form's key, and how far the phone says it is, which only asks the trainer
SAID_BY_THE_PHONE = {"key", "distance", "accuracy"}

# such names that an act reads all the same; each with what keeps it right
READ = {
    # the writer's own words about what is published or found, and a session of those offered
    "trainings:publish_version": {"change_note"},
    "assessments:publish_rubric": {"change_note"},
    "assessments:publish_scheme": {"change_note"},
    "assessments:finding_causes": {"root_cause"},
    "assessments:add_finding": {"root_cause"},
    "trainings:invite_make_up": {"session"},
    # a reason, a number: written by the person who acts, and stored only by the act
    "assessments:check_decision": {
        "outcome",
        "reason",
    },  # class_rules say which outcomes may be
    "assessments:correct": {"reason"},  # stands beside both versions for ever
    "reports:minutes": {"form_key"},  # by which pressing twice is known as once
    "reports:document": {"form_key"},  # the same
    "assessments:object": {"reason"},  # the owner's own words
    "assessments:answer_objection": {"answer"},  # by whom had no part in the decision
    "assessments:settle_condition": {"note"},
    "assessments:reopen_finding": {"reason"},
    "assessments:move_due": {"reason"},
    "assessments:finding_closer": {"closer"},  # of the modules and sessions of the IKM's own curriculum
    "assessments:check_effect": {"note"},  # the first to look again writes it
    "assessments:report_plan_item": {"report"},  # the words of who reports
    "assessments:withdraw_decision": {"reason"},
    "partnerships:add_addendum": {"number", "reason"},  # of the paper that staff write down
    "partnerships:edit_addendum": {"number", "reason"},
    "partnerships:discard_addendum": {"reason"},
    "accounts:invite": {
        "role"
    },  # an administrator says what somebody of the programme is; owners and buyers never
    "assessments:autosave": {"version"},  # set by the view itself; each item is compared with what was seen
    "assessments:send_photos": {"version"},
    "assessments:section": {"version"},  # that of the page: an older one is refused
    "participants:add": {"version"},  # unused there
    "participants:export_full": {"status"},  # a filter of the list
    "participants:edit": {"version"},  # that of the page: an older one is refused
    "participants:edit_my_enterprise": {"version"},
    "participants:edit_person": {
        "is_active"
    },  # somebody left the enterprise; their account is another matter
    "participants:add_document": {"number", "issued_on"},  # that of the paper
    "participants:my_documents": {"number", "issued_on"},
    "participants:replace_document": {"number", "issued_on"},
    "participants:remove_document": {"reason"},  # why a paper is taken out
    "participants:grid": {"rows"},  # the cells that were typed, read as an import's are
    "participants:grid_check": {"rows"},
    "participants:edit_cohort": {"code"},  # a word that staff choose
    "participants:add_indicator": {"code"},  # the same
    "trainings:reopen_test": {"reason"},  # why somebody may try again
    "trainings:add_module": {"code"},  # letters that staff choose
    "assessments:add_dimension": {"code"},  # the same
    "assessments:add_criterion": {"code"},
    "dashboard:add_cohort": {"code"},
    "participants:move_enrolment": {"status", "reason"},  # move_to knows the TRANSITIONS
    "participants:bulk_move": {"status", "reason"},  # move_to knows the TRANSITIONS
    "participants:finish_follow_up": {"note"},
    "participants:not_duplicate": {"reason"},
    "dashboard:cohort_pins": {"reason"},
    "dashboard:first_cohort": {"code"},
    "dashboard:clone_cohort": {"code"},  # of the new cohort
    # the selection: what a reviewer and the lead write, stored only by their acts
    "participants:recuse": {"reason"},
    "participants:review_application": {"recommendation", "remark"},
    "participants:decide_application": {"outcome", "reason", "note"},
    "participants:move_cohort": {"status"},  # move_to knows the TRANSITIONS
    "participants:save_view": {"status"},  # a filter of the list, inside what is kept as its address
    "participants:update_view": {"status"},  # the same
    "partnerships:close_requirement": {"status", "reason"},  # how it ended, once
    "partnerships:publish_requirement": {"change_note"},  # why the new version
    "partnerships:add_agreement": {"number"},
    "partnerships:add_sample": {"key"},  # by which pressing twice makes one
    "partnerships:decide_sample": {"outcome", "decided_on", "remark"},  # the word of the buyer
    "partnerships:answer_stall": {"reason", "note"},  # the words of one side
    "partnerships:override_hold": {"reason"},  # why the lead lets a held agreement through
    "assessments:settle_visit_call": {"note"},  # what was done instead of a visit
    "partnerships:edit_agreement": {"number"},
    "partnerships:add_order": {"number", "override_reason"},  # the reason is refused unless the gate needs it
    "partnerships:add_invoice": {"key", "number", "issued_on"},  # those of the paper
    "partnerships:correct_row": {
        "number",
        "issued_on",
        "reason",
    },  # those of the paper; the old ones stay in the trail
    "partnerships:correct_delivery": {"reason"},
    "partnerships:contact_link": {"key"},  # by which pressing twice makes one
    "partnerships:add_payment": {"key"},  # by which pressing twice makes one
    "partnerships:add_financing": {"key"},  # by which pressing twice makes one
    "partnerships:add_review": {"key"},  # by which pressing twice makes one
    "partnerships:contain_complaint": {"containment"},  # the words of the IKM
    "partnerships:complaint_causes": {"root_cause"},
    "partnerships:plan_complaint_action": {"key"},  # by which pressing twice makes one
    "partnerships:check_complaint": {"note"},  # the words of the buyer
    "partnerships:link_complaint": {"closer"},  # of the modules and sessions of the IKM's own curriculum
    "partnerships:confirm_delivery": {"received_on"},  # the day that the buyer says
    "partnerships:settle_delivery": {"received_on", "reason"},
    "partnerships:dispute_delivery": {"reason"},
    "partnerships:note_order": {"key", "number"},  # of the buyer's paper
    "partnerships:correct_order_line": {"reason"},
    "partnerships:dispute_row": {"reason"},  # the words of the buyer
    "partnerships:reschedule": {"reason"},
    "partnerships:return_agreement": {"reason"},
    "partnerships:suspend_agreement": {"reason"},
    "partnerships:terminate_agreement": {"reason"},
    "reports:revoke": {"reason"},
    "reports:documents": {"form_key"},  # the same
    "reports:request": {"form_key"},  # a second press makes no second batch
    "participants:bulk": {"status"},  # a filter of the list, where all it found are meant
    "assessments:review": {"note"},
    "assessments:check": {"recommendation"},  # the assessor's own words
    # words of who asks and of who answers, kept only by their acts
    "trainings:session_close": {"note"},
    "trainings:certificate_end": {"reason"},
    "trainings:ask_excuse": {"reason"},
    "trainings:ask_correction": {"reason"},
    "trainings:answer_excuse": {"answer"},
    "trainings:answer_correction": {"answer"},
    "trainings:answer_warning": {"note"},
    "trainings:check_in": {"code", *SAID_BY_THE_PHONE},  # the session's spoken code
    "trainings:check_in_session": {"code", *SAID_BY_THE_PHONE},
    "trainings:leave": {"code", *SAID_BY_THE_PHONE},
    "trainings:correct": {"status", "reason"},  # the trainer's correction, kept beside the old mark
    "trainings:mark": {"status", "receipt"},  # present, late, ...: what a roster is for
    "trainings:reject": {"reason"},
    "trainings:session_cancel": {"reason"},
    "trainings:no_action": {"reason"},
    "trainings:return_action": {"reason"},
    "trainings:report_action": {"note"},
    "trainings:verify": {"receipt"},  # names the mark to verify
}


@pytest.fixture
def world(founded, db):
    return founded.copied()


def ids(params) -> list:
    return [pytest.param(row, id=f"{row.method} {row.name}{row.query}") for row in params]


def tampered(field: models.Field, world) -> str:
    """A value somebody might try for the field."""
    match field:
        case models.ForeignKey() if field.related_model is User:
            return str(world.admin.pk)
        case models.BooleanField():
            return "on"
        case models.DateTimeField():
            return "2031-01-01 00:00"
        case models.DateField():
            return "2031-01-01"
        case models.DecimalField() | models.IntegerField():
            return str(field.flatchoices[-1][0]) if field.choices else "4"
    return str(field.flatchoices[-1][0]) if field.choices else "Diubah orang"


def extras(world, read: set[str]) -> dict[str, str]:
    """A value for every field name of every model that the act does not read by name."""
    found = {}
    for model in our_models():
        for field in model._meta.concrete_fields:
            for name in (field.name, field.attname):
                if name not in read:
                    found.setdefault(name, tampered(field, world))
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("row", ids(POSTS))
def test_what_a_form_does_not_ask_changes_nothing(row, world, count, monkeypatch, settings, tmp_path):
    case, past, readings = prepare(row, world), Past(), Readings()
    first, second = case.client(first_allowed(row)), case.client(first_allowed(row))
    with undone(), past.again(monkeypatch, settings, tmp_path / "1"), readings.taken(monkeypatch):
        plain = case.ask(first).status_code
        expected = rows()
    assert readings.names & PRIVILEGED <= READ.get(row.name, set()) | FORMS_KEY, "review what this act reads"
    extra = {name: value for name, value in extras(world, readings.names).items() if name not in case.data}
    with undone(), past.again(monkeypatch, settings, tmp_path / "2"):
        assert case.ask(second, extra=extra).status_code == plain
        changed = differences(expected, rows())
    assert not changed, "\n" + "\n".join(changed)
    count("forms", posts=1, extra_fields=len(extra))


def not_theirs(field: ModelChoiceField, user) -> list:
    """Rows of a company's data that a field offers though the user may not know of them."""
    model = field.queryset.model
    if model not in company_models():
        return []
    return list(field.queryset.exclude(pk__in=model._default_manager.visible_to(user).values("pk"))[:3])


def swaps(data: dict, stranger: Stranger) -> dict[str, str | list[str]]:
    """The stranger's record for each posted value that names one of ours."""
    found = {}
    for name, value in data.items():
        values = [str(one) for one in (value if isinstance(value, list) else [value])]
        others = [other for one in values if (other := stranger.instead_of(one))]
        if others:
            found[name] = others if isinstance(value, list) else others[0]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("row", ids(BY_TENANTS))
def test_choices_are_ones_own(row, stranger, world, count, monkeypatch):
    """No form offers another company's row, and none accepts one whose key is posted all the same."""
    case = prepare(row, world)
    swapped = swaps(case.data, stranger)
    for who in sorted(set(row.allowed.split()) & set(ACTORS)):
        with undone():
            client, readings = case.client(who), Readings()
            with undone(), readings.taken(monkeypatch):
                case.ask(client)
            for form in readings.forms:
                for name, field in form.fields.items():
                    if isinstance(field, ModelChoiceField):
                        assert not_theirs(field, case.cast[who]) == [], f"{who}: {name}"
                        count("forms", choice_fields=1)
            before = fingerprint()
            for name, value in swapped.items():
                with undone():
                    case.ask(client, extra={name: value})
                    assert differing(before, fingerprint()) == [], f"{who} posted {name}={value}"
                count("forms", foreign_keys=1)
    count("forms", choice_pages=1)


def test_the_reviewed_list_names_only_what_is_there():
    assert set(READ) <= {row.name for row in POSTS}
    assert set().union(*READ.values()) <= PRIVILEGED
