"""What followed from bad months and from standing still: visits without a session, a held MoU let through, answers."""

from datetime import timedelta

from django.utils import timezone

from assessments.actions.visit_calls import settle_visit_call
from assessments.models import VisitCall
from closedloop.accounts.roles import Role
from closedloop.demonstration.agreements import number_of
from closedloop.demonstration.contracts import CONTRACTS
from closedloop.demonstration.show import Show, Story
from participants.models import Enterprise
from partnerships.actions import activate, draft_agreement, draft_line, sign, submit_for_review
from partnerships.actions.holds import override_hold
from partnerships.actions.stalls import answer_stall
from partnerships.holds import held_back
from partnerships.models import Agreement, ScopeLine, Stall

VISITED = (300, 240, 180, 120, 60)  # days ago: mentors told the office whom they had been to
BY_NAME = ("enterprise__name", "buyer__name")
PATIENCE = timedelta(days=10)
LOOKED_FOR = range(160, 30, -10)  # days ago: a buyer wanted one more part of an IKM on hold
NOTE = "Mentor sudah ke pabrik bersama pembeli; rencana perbaikan disepakati di tempat."
REASON = "Pembeli meminta sendiri; mesin yang menjadi sebab keterlambatan sudah diganti bulan ini."


def begin(show: Show) -> None:
    """Tell all of it."""
    for story in (visited, let_through, answered_by_ikm, answered_by_buyer):
        show.tell(story(show))


def visited(show: Show) -> Story:
    """Graduates are in no running cohort: their mentor goes there by himself, and the office writes that down."""
    for days in VISITED:
        yield show.at(days, "16.10")
        asked = VisitCall.objects.open().filter(created_at__lt=timezone.now() - PATIENCE)
        for call in asked.order_by("enterprise__name"):
            settle_visit_call(call, NOTE, by=show.cast.staff)


def let_through(show: Show) -> Story:
    """The lead lets one agreement be signed although the IKM's last month holds new ones back."""
    found = None
    for days in LOOKED_FOR:
        yield show.at(days, "10.40")
        if found := wanted_of_held():
            break
    if found is None:
        return
    by, start = show.cast.staff, show.day(days - 30)
    agreement = one_part_more(
        found, number=number_of(len(CONTRACTS) + 1, show.day(days)), starts_on=start, by=by
    )
    submit_for_review(agreement, by=by)
    yield show.at(days - 1, "16.20")
    override_hold(agreement, REASON, by=show.cast.lead)
    yield show.at(days - 2, "13.30")
    sign(agreement, signed_on=show.day(days - 2), place="Bekasi", by=by)
    yield show.at(days - 30, "08.00")
    activate(agreement, by=by)


def wanted_of_held() -> ScopeLine | None:
    """Return a part under an agreement in force of an IKM that is on hold today."""
    running = Enterprise.objects.filter(agreement_parties__agreement__in=Agreement.objects.in_force())
    held = [one.enterprise for one in held_back(running.distinct(), timezone.localdate())]
    lines = ScopeLine.objects.filter(enterprise__in=held, agreement__in=Agreement.objects.in_force())
    return lines.select_related("enterprise", "buyer").order_by("enterprise__name", "part_name").first()


def one_part_more(line: ScopeLine, *, number: str, starts_on, by) -> Agreement:
    """Draft an agreement between the same two about the next model of the part, for a year."""
    ends_on = starts_on + timedelta(days=365)
    part = draft_line(
        line.enterprise,
        line.buyer,
        f"{line.part_name}, model baru",
        line.unit_price,
        monthly_volume=2_000,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return draft_agreement(
        by=by,
        number=number,
        title=f"Pengadaan {part.part_name.lower()}",
        starts_on=starts_on,
        ends_on=ends_on,
        enterprises=[line.enterprise],
        buyers=[line.buyer],
        lines=[part],
    )


def answered_by_ikm(show: Show) -> Story:
    """Each owner who was asked says why nothing moves."""
    yield show.at(12, "19.20")
    for stall in Stall.objects.select_related("enterprise").order_by(*BY_NAME):
        for owner in (
            stall.enterprise.people.active().accounts().filter(role=Role.OWNER).order_by("email")[:1]
        ):
            note = "Cetakan lama aus; cetakan baru selesai akhir bulan ini."
            answer_stall(stall, reason="capacity", note=note, by=owner)


def answered_by_buyer(show: Show) -> Story:
    """One buyer answered; the others have it still to do."""
    yield show.at(11, "09.15")
    for stall in Stall.objects.select_related("buyer").order_by(*BY_NAME):
        for contact in stall.buyer.contacts.active().accounts().order_by("email")[:1]:
            answer_stall(stall, reason="drawing", note="Gambar revisi C menunggu persetujuan.", by=contact)
            return
