"""Every write the registry can undergo. Views, commands and the demonstration all come through here."""

from participants.actions.applications import (
    forget_applicants,
    save_draft,
    start_application,
    submit_application,
    withdraw_application,
)
from participants.actions.baseline import Answer, load_indicators, pin_indicators, record_answers
from participants.actions.capability import (
    add_item,
    add_kbli,
    remove_item,
    remove_kbli,
    update_capability,
    update_item,
)
from participants.actions.clashes import take_sheet_value
from participants.actions.cohorts import (
    assign_mentor,
    create_cohort,
    enrol,
    move_cohort,
    move_enrolment,
    update_cohort,
)
from participants.actions.confirming import confirm_capability
from participants.actions.consents import give_consent, withdraw_consent
from participants.actions.criteria import publish_selection_form
from participants.actions.documents import add_document, remove_document, replace_document
from participants.actions.enterprises import (
    StaleRecord,
    record_identity_view,
    register_enterprise,
    update_enterprise,
)
from participants.actions.exports import export_enterprises
from participants.actions.follow_ups import finish_follow_up
from participants.actions.import_steps import take_step
from participants.actions.import_undo import undo_import
from participants.actions.import_upload import (
    AlreadyImported,
    check_upload,
    kept_workbook,
    receive_workbook,
)
from participants.actions.imports import discard_import, import_as_new, preview_import, save_import
from participants.actions.indicator_sets import add_indicator, publish_indicators
from participants.actions.kbli import update_kbli_words
from participants.actions.layouts import match_columns
from participants.actions.links import resend_link, resend_links
from participants.actions.people import add_person, invite_person, update_person
from participants.actions.photos import add_photo, put_photo_first, remove_photo, update_photo
from participants.actions.processes import add_process, update_process
from participants.actions.reference import (
    kbli_of,
    load_kbli,
    load_processes,
    load_reference,
    load_selection_form,
)
from participants.actions.reviews import assign_reviewers, file_review, recuse
from participants.actions.saved_views import change_view, delete_view, save_view
from participants.actions.selection import AlreadyDecided, decide_application
from participants.actions.standing import MergedMeanwhile, hold, hold_by_key
from participants.actions.yearly import record_annual_figure

__all__ = [
    "AlreadyDecided",
    "AlreadyImported",
    "Answer",
    "MergedMeanwhile",
    "StaleRecord",
    "add_document",
    "add_indicator",
    "add_item",
    "add_kbli",
    "add_person",
    "add_photo",
    "add_process",
    "assign_mentor",
    "assign_reviewers",
    "change_view",
    "check_upload",
    "confirm_capability",
    "create_cohort",
    "decide_application",
    "delete_view",
    "discard_import",
    "enrol",
    "export_enterprises",
    "file_review",
    "finish_follow_up",
    "forget_applicants",
    "give_consent",
    "hold",
    "hold_by_key",
    "import_as_new",
    "invite_person",
    "kbli_of",
    "kept_workbook",
    "load_indicators",
    "load_kbli",
    "load_processes",
    "load_reference",
    "load_selection_form",
    "match_columns",
    "move_cohort",
    "move_enrolment",
    "pin_indicators",
    "preview_import",
    "publish_indicators",
    "publish_selection_form",
    "put_photo_first",
    "receive_workbook",
    "record_annual_figure",
    "record_answers",
    "record_identity_view",
    "recuse",
    "register_enterprise",
    "remove_document",
    "remove_item",
    "remove_kbli",
    "remove_photo",
    "replace_document",
    "resend_link",
    "resend_links",
    "save_draft",
    "save_import",
    "save_view",
    "start_application",
    "submit_application",
    "take_sheet_value",
    "take_step",
    "undo_import",
    "update_capability",
    "update_cohort",
    "update_enterprise",
    "update_item",
    "update_kbli_words",
    "update_person",
    "update_photo",
    "update_process",
    "withdraw_application",
    "withdraw_consent",
]
