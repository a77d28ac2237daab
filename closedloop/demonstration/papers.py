"""A few finished papers to open at once. The other kinds are made when somebody asks: each costs a second or two."""

from closedloop.accounts.models import User
from closedloop.accounts.roles import Role
from closedloop.core.models import new_id
from closedloop.reports.actions import request_reports
from closedloop.reports.cancelling import cancel
from closedloop.reports.kinds import KINDS
from closedloop.reports.models import Kind, ReportBatch
from closedloop.reports.scheduling import add_schedule, pause
from closedloop.reports.work import work_on

READY = (Kind.CLASS, Kind.TRAINING, Kind.CARD)


def hand_out() -> list[ReportBatch]:
    """Issue one of each of the quick kinds, asked for by the owner who signs in, else by the lead.

    The command does it after the story: it draws with the clock of today, and each paper stands by itself.
    """
    owner = User.objects.get(email="pemilik@contoh.id")
    lead = User.objects.filter(role=Role.LEAD).order_by("created_at").first()
    made = []
    for kind in READY:
        subjects = KINDS[kind].subjects
        asker = next((user for user in (owner, lead) if user and subjects(user).exists()), None)
        if asker is None:
            continue
        chosen = [subjects(asker).order_by("-created_at").first()]
        made.append(request_reports(kind, chosen, language="id", by=asker, form_key=new_id()))
    for batch in made:
        for job in batch.jobs.all():
            work_on(job.pk)
    if lead:
        cancel(ask_again(lead), by=lead)
        schedule(lead)
    return made


def ask_again(lead: User) -> ReportBatch:
    """Ask for two cards that nobody wants any more a moment later."""
    subjects = list(KINDS[Kind.CARD].subjects(lead).order_by("name")[:2])
    return request_reports(Kind.CARD, subjects, language="id", by=lead, form_key=new_id())


def schedule(lead: User) -> None:
    """Let the programme's report come on the first of each month, and have one on agreements that is paused."""
    add_schedule(by=lead, id=new_id(), kind=Kind.PROGRAMME, day=1, language="id")
    paused = add_schedule(by=lead, id=new_id(), kind=Kind.AGREEMENT, day=31, language="id")
    pause(paused, by=lead, is_paused=True)
