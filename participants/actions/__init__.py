"""Every write the registry can undergo. Views, commands and the demonstration all come through here."""

from participants.actions.baseline import Answer, load_indicators, pin_indicators, record_answers
from participants.actions.cohorts import (
    assign_mentor,
    create_cohort,
    enrol,
    move_cohort,
    move_enrolment,
    update_cohort,
)
from participants.actions.enterprises import (
    StaleRecord,
    record_identity_view,
    register_enterprise,
    update_enterprise,
)
from participants.actions.imports import discard_import, import_as_new, preview_import, save_import
from participants.actions.people import (
    add_document,
    add_person,
    give_consent,
    invite_person,
    update_person,
    withdraw_consent,
)
from participants.actions.reference import kbli_of, load_kbli, load_processes, load_reference
from participants.actions.yearly import record_annual_figure

__all__ = [
    "Answer",
    "StaleRecord",
    "add_document",
    "add_person",
    "assign_mentor",
    "create_cohort",
    "discard_import",
    "enrol",
    "give_consent",
    "import_as_new",
    "invite_person",
    "kbli_of",
    "load_indicators",
    "load_kbli",
    "load_processes",
    "load_reference",
    "move_cohort",
    "move_enrolment",
    "pin_indicators",
    "preview_import",
    "record_annual_figure",
    "record_answers",
    "record_identity_view",
    "register_enterprise",
    "save_import",
    "update_cohort",
    "update_enterprise",
    "update_person",
    "withdraw_consent",
]
