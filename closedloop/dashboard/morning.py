"""What beat does each morning and each hour. It may be late or run twice; nothing vital hangs on it."""

from celery import shared_task

from assessments import actions as assessments
from participants.actions import forget_applicants
from partnerships import actions as partnerships
from partnerships.actions import issue_links_of_month, refresh_all_clearances
from partnerships.actions.month_ends import announce_month_end, close_due_months
from partnerships.actions.renewals import send_expiry_notices
from partnerships.actions.stalls import ask_of_stalls
from trainings.actions import close_forgotten


@shared_task(ignore_result=True)
def judge_clearances():
    """Judge every supply clearance again: a paper that ran out yesterday turns *siap* into *bersyarat* today."""
    refresh_all_clearances()


@shared_task(ignore_result=True)
def close_months():
    """Say some days before that a month closes, and close each month whose day has come; each once."""
    announce_month_end()
    close_due_months()


@shared_task(ignore_result=True)
def watch_agreements():
    """Announce ends that are 90, 60 or 30 days away, and ask why nothing has moved for 45 days; each once."""
    send_expiry_notices()
    ask_of_stalls()


@shared_task(ignore_result=True)
def send_confirmation_links():
    """Mail this month's link to buyers' contacts without an account for whom deliveries wait; one a month each."""
    issue_links_of_month()


@shared_task(ignore_result=True)
def forget_unchosen_applicants():
    """Remove the personal data of applicants whose time is over; what was late yesterday goes today."""
    forget_applicants()


@shared_task(ignore_result=True)
def remind_of_findings():
    """Remind IKM and mentors of findings a week before their day, on it, and each week that they are late."""
    assessments.remind_of_findings()


@shared_task(ignore_result=True)
def remind_of_complaints():
    """Remind IKM, or the buyer who has to look, of complaints a week before their day, on it, and when late."""
    partnerships.remind_of_complaints()


@shared_task(ignore_result=True)
def escalate_findings():
    """Give staff on Mondays the findings that are a week late or more."""
    assessments.escalate_findings()


@shared_task(ignore_result=True)
def close_forgotten_sessions():
    """Close the sessions that nobody closed within 48 hours of their end."""
    close_forgotten()
