"""Partnerships on their way: milestones, samples that were refused or wait, ends announced, and standstills."""

from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from closedloop.demonstration.addenda import amended
from closedloop.demonstration.contracts import BENTALA, WIRAPRES, Contract
from closedloop.demonstration.show import WIB, Show, Story
from closedloop.demonstration.supply import contact
from participants.models import Document
from partnerships.actions import refresh_clearances
from partnerships.actions.milestones import set_milestones
from partnerships.actions.renewals import renew, send_expiry_notices
from partnerships.actions.samples import decide_sample, submit_sample
from partnerships.actions.stalls import ask_of_stalls
from partnerships.clearance import MANDATORY_DOCUMENTS
from partnerships.models import Agreement, Milestone, Sample, SupplyClearance

Step = Milestone.Step
FIRST = 445  # days ago: the first agreement began
WATCHED = (90, 60, 30, 14, 1)  # days ago: mornings on which ends and standstills were looked for


def begin(show: Show) -> None:
    """Tell all of it that belongs to no single agreement."""
    for story in (papers_that_ran_out, watched, refused_sample, waiting_sample, renewed, amended):
        show.tell(story(show))


def steps(show: Show, plan: Contract, agreement: Agreement) -> Story:
    """What was planned at the signing, and what was reached of it later."""
    by, signed = show.cast.staff, plan.signed or 0
    yield show.at(signed, "15.30")
    for line in agreement.lines.all():
        known = {
            Step.ENQUIRY: (None, show.day(plan.drafted)),
            Step.QUOTATION: (show.day(plan.drafted - 2), show.day(max(plan.drafted - 3, signed))),
            Step.SAMPLE: (show.day(signed - 30), None),
            Step.AUDIT: (show.day(signed - 60), None),
            Step.FIRST_ORDER: (show.day(signed - 75), None),
            Step.ROUTINE: (show.day(signed - 120), None),
        }
        set_milestones(line, known, by=by)
    if all(part.manner == "never" for part in plan.parts):
        return
    yield show.at(signed - 70, "15.30")
    for line in agreement.lines.all():
        set_milestones(
            line,
            {
                Step.TRIAL: (None, show.day(signed - 40)),
                Step.AUDIT: (show.day(signed - 60), show.day(signed - 62)),
            },
            by=by,
        )


def papers_that_ran_out(show: Show) -> Story:
    """Judge clearance again on each morning after a paper's last day, as the portal does by itself."""
    day = show.day(FIRST)
    while day <= show.today:
        yield datetime.combine(day, time(5), WIB)
        turning = Document.objects.filter(
            Q(expires_on=day - timedelta(days=1)) | Q(issued_on=day), kind__in=MANDATORY_DOCUMENTS
        )
        rows = SupplyClearance.objects.filter(enterprise__documents__in=turning).distinct()
        refresh_clearances(
            [(row.enterprise, row.buyer) for row in rows.select_related("enterprise", "buyer")]
        )
        day += timedelta(days=1)


def watched(show: Show) -> Story:
    for days in WATCHED:
        yield show.at(days, "06.15")
        send_expiry_notices()
        ask_of_stalls()


def refused_sample(show: Show) -> Story:
    """A first sample that the buyer sent back with what to mend."""
    yield show.at(210, "10.20")
    sample = handed(show, "Padma Plat Bodi", BENTALA, "Plat penahan panas")
    yield show.at(196, "13.40")
    decide_sample(
        sample,
        approve=False,
        decided_on=show.day(196),
        remark="Radius tekuk retak pada 2 dari 5 sampel; ulangi dengan pelat SPCC 1,2 mm.",
        by=contact(show, BENTALA) or show.cast.staff,
    )


def waiting_sample(show: Show) -> Story:
    yield show.at(4, "09.10")
    handed(show, "Nira Stamping Utama", WIRAPRES, "Plat dudukan aki")


def handed(show: Show, enterprise: str, buyer: str, part: str) -> Sample:
    cast = show.cast
    return submit_sample(
        cast.enterprises[enterprise],
        cast.buyers[buyer],
        part_name=part,
        quantity=5,
        submitted_on=timezone.localdate(),
        by=cast.users.get(enterprise) or cast.staff,
    )


def renewed(show: Show) -> Story:
    """One agreement whose end was announced has its next draft."""
    yield show.at(9, "14.20")
    renew(show.cast.agreements["satria"], by=show.cast.staff)
