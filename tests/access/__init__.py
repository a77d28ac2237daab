"""The access table: every address, every role. It is the specification an officer can read."""

from tests.access import accounts, assessments, dashboard, participants, partnerships, reports, trainings

TABLE = [
    *dashboard.ROWS,
    *accounts.ROWS,
    *participants.ROWS,
    *trainings.ROWS,
    *assessments.ROWS,
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
    "reports:verify": "a stranger checks a printed report",
}
