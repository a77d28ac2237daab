"""What each role may do: one table, read by `@requires`, by templates and by the access test.

Whose rows a person may see is `visible_to` on each queryset; when an act is possible is each model's
TRANSITIONS. Source of the defaults: domain.md §1.3.
"""

from enum import StrEnum, auto

from closedloop.accounts.roles import PROGRAMME_ROLES, Role


class Permission(StrEnum):
    """One act, named for what is done."""

    # the record of the enterprises
    ENTERPRISE_VIEW = auto()
    ENTERPRISE_EDIT = auto()
    ENTERPRISE_EDIT_OWN = auto()
    IDENTITY_VIEW_FULL = auto()
    FIGURE_ENTER = auto()
    ENTERPRISE_IMPORT = auto()
    ENTERPRISE_MERGE = auto()
    COHORT_VIEW = auto()
    COHORT_MANAGE = auto()
    MENTOR_ASSIGN = auto()
    APPLICATION_VIEW = auto()
    APPLICATION_REVIEW = auto()
    APPLICATION_DECIDE = auto()
    # training
    TRAINING_VIEW = auto()
    TRAINING_MANAGE = auto()
    SESSION_RUN = auto()
    CHECK_IN = auto()
    ACTION_REPORT = auto()
    ACTION_VERIFY = auto()
    CURRICULUM_MANAGE = auto()
    # assessment
    ASSESSMENT_VIEW = auto()
    ASSESSMENT_WRITE = auto()
    ASSESSMENT_REVIEW = auto()
    RATER_AGREEMENT_VIEW = auto()
    SELF_ASSESS = auto()
    FINDING_VIEW = auto()
    FINDING_PROPOSE = auto()
    FINDING_CLOSE = auto()
    PLAN_REPORT = auto()
    PLAN_KEEP = auto()
    PLAN_CLOSE = auto()
    RUBRIC_VIEW = auto()
    RUBRIC_MANAGE = auto()
    CLASS_VIEW = auto()
    CLASS_PROPOSE = auto()
    CLASS_DECIDE = auto()
    OBJECTION_RAISE = auto()
    OBJECTION_ANSWER = auto()
    MINUTES_REQUEST = auto()
    DOCUMENT_REQUEST = auto()
    # partnership
    AGREEMENT_VIEW = auto()
    AGREEMENT_MANAGE = auto()
    AGREEMENT_OVERRIDE = auto()
    BUYER_VIEW = auto()
    BUYER_MANAGE = auto()
    REQUIREMENT_VIEW = auto()
    REQUIREMENT_WRITE = auto()
    DELIVERY_VIEW = auto()
    DELIVERY_ENTER = auto()
    DELIVERY_CONFIRM = auto()
    SAMPLE_SUBMIT = auto()
    SAMPLE_DECIDE = auto()
    STALL_ANSWER = auto()
    DELIVERY_VERIFY = auto()
    COMPLAINT_VIEW = auto()
    COMPLAINT_RAISE = auto()
    COMPLAINT_ANSWER = auto()
    COMPLAINT_LINK = auto()
    LOOP_VIEW = auto()
    # programme
    PROGRAMME_VIEW = auto()
    REPORT_REQUEST = auto()
    REPORT_REVOKE = auto()
    REPORT_SCHEDULE = auto()
    AUDIT_VIEW = auto()
    USER_INVITE = auto()
    USER_MANAGE = auto()


P = Permission

_READ = {
    P.ENTERPRISE_VIEW,
    P.COHORT_VIEW,
    P.TRAINING_VIEW,
    P.ASSESSMENT_VIEW,
    P.FINDING_VIEW,
    P.RUBRIC_VIEW,
    P.CLASS_VIEW,
    P.AGREEMENT_VIEW,
    P.BUYER_VIEW,
    P.REQUIREMENT_VIEW,
    P.DELIVERY_VIEW,
    P.COMPLAINT_VIEW,
    P.LOOP_VIEW,
    P.PROGRAMME_VIEW,
}

GRANTS: dict[str, set[Permission]] = {
    Role.LEAD: _READ
    | {
        P.IDENTITY_VIEW_FULL,
        P.APPLICATION_VIEW,
        P.APPLICATION_DECIDE,
        P.CLASS_DECIDE,
        P.OBJECTION_ANSWER,
        P.MINUTES_REQUEST,
        P.DOCUMENT_REQUEST,
        P.ASSESSMENT_REVIEW,
        P.RATER_AGREEMENT_VIEW,
        P.REPORT_REQUEST,
        P.AGREEMENT_OVERRIDE,
        P.REPORT_REVOKE,
        P.REPORT_SCHEDULE,
        P.AUDIT_VIEW,
    },
    Role.STAFF: _READ
    | {
        P.ENTERPRISE_EDIT,
        P.FIGURE_ENTER,
        P.IDENTITY_VIEW_FULL,
        P.ENTERPRISE_IMPORT,
        P.ENTERPRISE_MERGE,
        P.COHORT_MANAGE,
        P.MENTOR_ASSIGN,
        P.APPLICATION_VIEW,
        P.TRAINING_MANAGE,
        P.SESSION_RUN,
        P.ACTION_REPORT,  # for IKM whose people have no account
        P.CURRICULUM_MANAGE,
        P.FINDING_CLOSE,
        P.PLAN_REPORT,  # for IKM whose people have no account
        P.PLAN_KEEP,
        P.RATER_AGREEMENT_VIEW,
        P.RUBRIC_MANAGE,
        P.CLASS_PROPOSE,
        P.OBJECTION_ANSWER,
        P.MINUTES_REQUEST,
        P.DOCUMENT_REQUEST,
        P.AGREEMENT_MANAGE,
        P.BUYER_MANAGE,
        P.SAMPLE_SUBMIT,  # for IKM whose people have no account
        P.SAMPLE_DECIDE,  # by the letter of a buyer whose people have no account
        P.REQUIREMENT_WRITE,  # for buyers without an account
        P.DELIVERY_VERIFY,
        P.COMPLAINT_RAISE,  # for buyers whose people have no account
        P.COMPLAINT_ANSWER,  # for IKM whose people have no account
        P.COMPLAINT_LINK,
        P.REPORT_REQUEST,
        P.AUDIT_VIEW,
        P.USER_INVITE,
    },
    Role.MENTOR: {
        P.ENTERPRISE_VIEW,
        P.FIGURE_ENTER,
        P.COHORT_VIEW,
        P.APPLICATION_REVIEW,
        P.TRAINING_VIEW,
        P.SESSION_RUN,
        P.ACTION_VERIFY,
        P.ASSESSMENT_VIEW,
        P.ASSESSMENT_WRITE,
        P.FINDING_VIEW,
        P.FINDING_CLOSE,
        P.PLAN_KEEP,
        P.PLAN_CLOSE,
        P.RUBRIC_VIEW,
        P.CLASS_VIEW,
        P.REQUIREMENT_VIEW,
        P.REPORT_REQUEST,
        P.DOCUMENT_REQUEST,
        P.COMPLAINT_VIEW,
        P.COMPLAINT_LINK,
        P.LOOP_VIEW,
    },
    Role.ASSESSOR: {
        P.ENTERPRISE_VIEW,
        P.COHORT_VIEW,
        P.APPLICATION_REVIEW,
        P.TRAINING_VIEW,
        P.ASSESSMENT_VIEW,
        P.ASSESSMENT_WRITE,
        P.ASSESSMENT_REVIEW,
        P.FINDING_VIEW,
        P.FINDING_CLOSE,
        P.RUBRIC_VIEW,
        P.CLASS_VIEW,
        P.DOCUMENT_REQUEST,
    },
    Role.OWNER: {
        P.ENTERPRISE_VIEW,
        P.ENTERPRISE_EDIT_OWN,
        P.TRAINING_VIEW,
        P.CHECK_IN,
        P.ACTION_REPORT,
        P.ASSESSMENT_VIEW,
        P.SELF_ASSESS,
        P.FINDING_VIEW,
        P.FINDING_PROPOSE,
        P.PLAN_REPORT,
        P.CLASS_VIEW,
        P.OBJECTION_RAISE,
        P.MINUTES_REQUEST,
        P.DOCUMENT_REQUEST,
        P.AGREEMENT_VIEW,
        P.DELIVERY_VIEW,
        P.DELIVERY_ENTER,
        P.SAMPLE_SUBMIT,
        P.STALL_ANSWER,
        P.COMPLAINT_VIEW,
        P.COMPLAINT_ANSWER,
        P.LOOP_VIEW,
    },
    Role.BUYER: {
        P.AGREEMENT_VIEW,
        P.REQUIREMENT_VIEW,
        P.REQUIREMENT_WRITE,
        P.DELIVERY_VIEW,
        P.DELIVERY_CONFIRM,
        P.SAMPLE_DECIDE,
        P.STALL_ANSWER,
        P.REPORT_REQUEST,
        P.DOCUMENT_REQUEST,
        P.COMPLAINT_VIEW,
        P.COMPLAINT_RAISE,
        P.LOOP_VIEW,
    },
    Role.VIEWER: _READ,
    Role.ADMIN: _READ | {P.AUDIT_VIEW, P.USER_INVITE, P.USER_MANAGE},
}

# Whom one may make an account for, so that nobody makes somebody with more rights than the programme gave them
# to give: staff bring in those whom they look after, and only who runs the portal brings in the office itself.
MAY_INVITE: dict[str, frozenset[Role]] = {
    Role.ADMIN: PROGRAMME_ROLES,
    Role.STAFF: frozenset({Role.OWNER, Role.BUYER, Role.MENTOR}),
}
