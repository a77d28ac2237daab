"""The access table: every address, every role. It is the specification an officer can read."""

from tests.access import (
    accounts,
    applications,
    assessments,
    dashboard,
    imports,
    participants,
    partnerships,
    records,
    reports,
    rubrics,
    sheets,
    trainings,
    versions,
)

TABLE = [
    *dashboard.ROWS,
    *accounts.ROWS,
    *participants.ROWS,
    *records.ROWS,
    *imports.ROWS,
    *sheets.ROWS,
    *applications.ROWS,
    *trainings.ROWS,
    *assessments.ROWS,
    *rubrics.ROWS,
    *versions.ROWS,
    *partnerships.ROWS,
    *reports.ROWS,
]

# pages that anybody may open without signing in; each with its reason
PUBLIC = {
    "account_login": "the door",
    "account_logout": "signing out of nothing is harmless",
    "account_signup": "closed; says so",
    "account_inactive": "says that an account is closed",
    "account_reset_password": "a lost password",
    "account_reset_password_done": "a lost password",
    "account_reset_password_from_key": "a lost password",
    "account_reset_password_from_key_done": "a lost password",
    "accounts:activate": "an invitation's link",
    "set_language": "the language of the sign-in page too",
    "participants:apply": "an enterprise applies itself",
    "participants:application_form": "the applicant's own, behind an unguessable link",
    "participants:save_application_draft": "the applicant's own, behind an unguessable link",
    "participants:withdraw_application": "the applicant's own, behind an unguessable link",
    "reports:verify": "a stranger checks a printed report",
    "trainings:feed": "a calendar cannot sign in; its secret address is the key",
    "trainings:certificate_search": "a stranger types the code of a printed certificate",
    "trainings:certificate": "a stranger checks a printed certificate",
    "trainings:certificate_print": "the same facts as one page of paper",
}
