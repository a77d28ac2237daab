"""A company that shares a cohort with the owner's, and nothing else; and secrets by which a leak is known.

Every text of the stranger's records is a numbered word that stands nowhere else, every number a number that
nobody would invent. A secret knows which of the cast may read it.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import count

from django.db import models
from django.utils import timezone

from assessments.models import ClassDecision
from closedloop.accounts.roles import Role
from participants.models import (
    AnnualFigure,
    Capability,
    Enterprise,
    IndicatorAnswer,
    Machine,
    Material,
    MeasuringTool,
    Photo,
    Product,
)
from partnerships.models import Buyer
from tests.factories.accounts import UserFactory
from tests.factories.applications import ApplicationFactory, ApplicationReviewFactory
from tests.factories.assessments import AssessmentFactory, FindingFactory, ScorecardFactory
from tests.factories.frozen import past_the_guards
from tests.factories.participants import (
    AnnualFigureFactory,
    ConsentFactory,
    DocumentFactory,
    EnrolmentFactory,
    EnterpriseFactory,
    PersonFactory,
)
from tests.factories.partnerships import (
    BuyerContactFactory,
    BuyerFactory,
    ClearanceFactory,
    DecisionFactory,
    DeliveryFactory,
    InvoiceFactory,
    OrderFactory,
    OrderLineFactory,
    PartyFactory,
    PaymentFactory,
    PromiseFactory,
    ReviewFactory,
    ScheduleFactory,
    ScopeLineFactory,
    agreement_between,
)
from tests.factories.requirements import RequirementFactory
from tests.factories.trainings import AttendanceFactory, SessionFactory, TestResultFactory
from tests.guards.ours import company_models
from tests.guards.rows import change, one

WORD = "Zqx"
NUMBERS = count(1)
SHORTEST = 10  # a field with less room holds a code or a number of fixed length
STRANGERS_NUMBER = 731_942_117
OURS = ("owner", "mentor", "buyer")
# the people who must not learn of the stranger; the other_ ones have a company each, which is not this one
ACTORS = (*OURS, "other_owner", "other_mentor", "other_buyer")

# fields that are no prose: codes are secrets as they are, keys and hashes stay what they must be, and what is
# not removed or no correction has no reason for it
KEPT = {
    "code",
    "receipt",
    "secret",
    "device",
    "override_reason",
    "removal_reason",
    "correction_reason",
}


@dataclass(frozen=True)
class Secret:
    """What must not be read by anybody of the cast but those who may."""

    what: str
    pattern: re.Pattern
    part: str  # casefolded; wherever the pattern is found this is too, and it is looked for much faster
    may: frozenset[str] = frozenset()


def secret_word(what: str, word: str, *may: str) -> Secret:
    pattern = re.compile(rf"(?<![\w-]){re.escape(word)}(?!\w)", re.IGNORECASE)
    return Secret(what, pattern, word.casefold(), frozenset(may))


def secret_number(what: str, number: int, *may: str) -> Secret:
    """A number in full, with or without separators, or shortened to millions with one decimal."""
    full = r"[.,\s\u00a0]?".join(f"{number:,}".split(","))
    short = rf"{number // 10**6}[.,][{number // 10**5 % 10}{round(number / 10**5) % 10}]"
    pattern = re.compile(rf"(?<![\d.,-])(?:{full}|{short})(?!\d)")
    return Secret(what, pattern, str(number // 10**6), frozenset(may))


def new_word() -> str:
    return f"{WORD}{next(NUMBERS)}"


def unheard_of(field: models.Field) -> str | None:
    """A text for the field that stands nowhere else, or None where it must stay as it is."""
    if not isinstance(field, models.CharField | models.TextField) or field.choices or field.primary_key:
        return None
    if (
        field.name in KEPT
        or field.name.endswith("sha256")
        or (field.max_length and field.max_length < SHORTEST)
    ):
        return None
    number = next(NUMBERS)
    match field.name:
        case "nib":
            return f"73194{number:08d}"
        case "npwp":
            return f"73194{number:011d}"
        case "nitku":
            return f"73194{number:017d}"
        case "phone":
            return f"+6273194{number:06d}"
    match field:
        case models.EmailField():
            return f"zqx{number}@contoh.id"
        case models.URLField():
            return f"https://zqx{number}.id"
    return f"{WORD}{number}"


def belonging_to(*roots: models.Model) -> dict[type[models.Model], list[models.Model]]:
    """Every row that hangs on the roots by foreign keys, however many steps away."""
    found: dict[type[models.Model], set] = {}
    for root in roots:
        found.setdefault(type(root), set()).add(root.pk)
    growing = True
    while growing:
        growing = False
        for model in company_models():
            for link in model._meta.concrete_fields:
                if isinstance(link, models.ForeignKey) and found.get(link.related_model):
                    rows = model._base_manager.filter(**{f"{link.name}__in": found[link.related_model]})
                    new = set(rows.values_list("pk", flat=True)) - found.get(model, set())
                    if new:
                        found.setdefault(model, set()).update(new)
                        growing = True
    return {model: list(model._base_manager.filter(pk__in=keys)) for model, keys in found.items()}


def make_unheard_of(rows: dict[type[models.Model], list[models.Model]]) -> list[Secret]:
    """Write such a text into every text field of the rows; return what must not be read."""
    secrets = []
    for model, members in rows.items():
        for row in members:
            texts = {field.name: unheard_of(field) for field in model._meta.local_concrete_fields}
            texts = {name: text for name, text in texts.items() if text}
            if texts:
                change(row, **texts)
            where = model._meta.label
            secrets += [secret_word(f"{where}.{name}", text) for name, text in texts.items()]
            secrets += [secret_word(f"{where} id", str(row.pk))]
            secrets += [
                secret_word(f"{where} {name}", getattr(row, name))
                for name in ("code", "receipt")
                if hasattr(row, name)
            ]
    return secrets


class Stranger:
    """The company, its buyer, all their records, and `secrets`: none of the actors may read any."""

    def __init__(self, world):
        self.enterprise = EnterpriseFactory(
            capital=STRANGERS_NUMBER,
            investment_value=STRANGERS_NUMBER,
            class_level=2,
            class_since=date(2026, 6, 1),
        )
        self.buyer = BuyerFactory()
        self.owner = UserFactory(role=Role.OWNER)
        self.contact = UserFactory(role=Role.BUYER)
        self.of_the_registry(world)
        self.of_training(world)
        self.of_assessment()
        self.of_supply()
        self.rows = belonging_to(self.enterprise, self.buyer)
        with past_the_guards():
            self.secrets = make_unheard_of({**self.rows, type(self.owner): [self.owner, self.contact]})
        self.secrets.append(self.number())

    @staticmethod
    def number() -> Secret:
        return secret_number("a number of the stranger's", STRANGERS_NUMBER)

    def instead_of(self, name: str) -> str | None:
        """The stranger's record of the model of which one of ours has this id, code or receipt; else None."""
        for model, members in self.rows.items():
            for field in {field.name for field in model._meta.concrete_fields} & {"id", "code", "receipt"}:
                known = model._base_manager.exclude(pk__in=[row.pk for row in members])
                if name in {str(value) for value in known.values_list(field, flat=True)}:
                    return str(getattr(members[0], field))
        return None

    def of_the_registry(self, world) -> None:
        self.person = PersonFactory(enterprise=self.enterprise, user=self.owner)
        DocumentFactory(enterprise=self.enterprise)
        ConsentFactory(enterprise=self.enterprise)
        AnnualFigureFactory(enterprise=self.enterprise, annual_sales=STRANGERS_NUMBER, is_baseline=True)
        one(Product, enterprise=self.enterprise)
        for model in (Capability, Machine, Material, MeasuringTool, Photo):
            one(model, enterprise=self.enterprise)
        one(IndicatorAnswer, enterprise=self.enterprise, value=STRANGERS_NUMBER)
        self.application = ApplicationFactory(
            cohort=world.cohort,
            status="accepted",
            registered_as=self.enterprise,
            annual_sales=STRANGERS_NUMBER,
            decided_by=world.lead,
            decided_at=timezone.now(),
        )
        ApplicationReviewFactory(application=self.application, reviewer=world.assessor)
        self.enrolment = EnrolmentFactory(enterprise=self.enterprise, cohort=world.cohort)

    def of_training(self, world) -> None:
        assert world.curriculum  # the cohort's, before the factories below give it another
        session = SessionFactory(cohort=world.cohort, held=True)
        AttendanceFactory(session=session, enrolment=self.enrolment)
        TestResultFactory(enrolment=self.enrolment, module=session.module)

    def of_assessment(self) -> None:
        assessment = AssessmentFactory(enrolment=self.enrolment, approved=True)
        FindingFactory(enterprise=self.enterprise, assessment=assessment, is_critical=True)
        ScorecardFactory(
            enterprise=self.enterprise, delivered_value=STRANGERS_NUMBER, accepted_value=STRANGERS_NUMBER
        )
        one(ClassDecision, assessment=assessment, decided=True)

    def of_supply(self) -> None:
        BuyerContactFactory(buyer=self.buyer, user=self.contact)
        RequirementFactory(buyer=self.buyer, target_price=STRANGERS_NUMBER)
        agreement = agreement_between([self.enterprise], [self.buyer], price=STRANGERS_NUMBER, volume=7)
        DecisionFactory(meeting=ReviewFactory(agreement=agreement), enterprise=self.enterprise)
        order = OrderFactory(enterprise=self.enterprise, buyer=self.buyer, agreement=agreement)
        line = OrderLineFactory(order=order, unit_price=STRANGERS_NUMBER)
        ScheduleFactory(line=line)
        DeliveryFactory(line=line, status="confirmed")
        DeliveryFactory(line=line, entered_by=self.owner)
        PaymentFactory(invoice=InvoiceFactory(order=order, amount=STRANGERS_NUMBER), amount=STRANGERS_NUMBER)
        ClearanceFactory(enterprise=self.enterprise, buyer=self.buyer)


SALES, CAPITAL, INVESTMENT = 967_214_501, 589_732_502, 271_836_503
OWN_PRICE_ELSEWHERE, OTHERS_PRICE_HERE, PRICE_OF_ANOTHER_BUYER = 419_863_401, 647_381_201, 853_267_301
TARGET_PRICE_OPEN_TO_ALL = 916_457_203


def own_secrets(world) -> list[Secret]:
    """The field table: what somebody may not read even of a company that they know of."""
    enterprise: Enterprise = world.enterprise
    numbers = {"nib": "8614207359218", "npwp": "8614207359218463", "nitku": "8614207359218463000917"}
    change(enterprise, capital=CAPITAL, investment_value=INVESTMENT, **numbers)
    AnnualFigure.objects.filter(enterprise=enterprise).delete()
    AnnualFigureFactory(enterprise=enterprise, annual_sales=SALES, is_baseline=True)
    private = ("owner", "mentor")
    secrets = [
        secret_number("annual sales", SALES, *private),
        secret_number("capital", CAPITAL, *private),
        secret_number("investment", INVESTMENT, *private),
        *(secret_word(name, number, "owner") for name, number in numbers.items()),
    ]
    return [*secrets, *prices_of_others(world), *notes(world)]


def prices_of_others(world) -> list[Secret]:
    """Prices that a party to the same agreement, or another customer of the same IKM, must not read."""
    enterprise, buyer = world.enterprise, world.buyer_company
    elsewhere: Buyer = BuyerFactory()
    order = OrderFactory(enterprise=enterprise, buyer=elsewhere, number=new_word())
    line = OrderLineFactory(order=order, unit_price=OWN_PRICE_ELSEWHERE, part_name=new_word())
    delivery = DeliveryFactory(line=line, note_number=new_word(), entered_by=world.owner)

    agreement, neighbour, customer = world.agreement, EnterpriseFactory(), BuyerFactory()
    PartyFactory(agreement=agreement, enterprise=neighbour)
    PartyFactory(agreement=agreement, part="buyer", enterprise=None, buyer=customer)
    theirs = ScopeLineFactory(
        agreement=agreement,
        enterprise=neighbour,
        buyer=buyer,
        unit_price=OTHERS_PRICE_HERE,
        part_name=new_word(),
    )
    PromiseFactory(line=theirs, volume=1)
    ours = ScopeLineFactory(
        agreement=agreement,
        enterprise=enterprise,
        buyer=customer,
        unit_price=PRICE_OF_ANOTHER_BUYER,
        part_name=new_word(),
    )
    PromiseFactory(line=ours, volume=1)
    RequirementFactory(published=True, is_open=True, target_price=TARGET_PRICE_OPEN_TO_ALL)
    return [
        secret_number("target price of a requirement open to all", TARGET_PRICE_OPEN_TO_ALL),
        secret_word("order of another customer", order.number, "owner"),
        secret_word("part for another customer", line.part_name, "owner"),
        secret_word("delivery to another customer", delivery.note_number, "owner"),
        secret_number("price for another customer", OWN_PRICE_ELSEWHERE, "owner"),
        secret_word("part of a neighbour in the agreement", theirs.part_name, "buyer"),
        secret_number("price of a neighbour in the agreement", OTHERS_PRICE_HERE, "buyer"),
        secret_word("part for another buyer in the agreement", ours.part_name, "owner"),
        secret_number("price for another buyer in the agreement", PRICE_OF_ANOTHER_BUYER, "owner"),
    ]


def notes(world) -> list[Secret]:
    """What assessors and mentors write is for the IKM and the programme, not for those who buy from it."""
    score, finding = world.assessment.scores.first(), world.finding
    note, recommendation, problem, cause, paper = (new_word() for _ in range(5))
    with past_the_guards():
        change(score, note=note)
        change(world.assessment, recommendation=recommendation)
    change(finding, problem=problem, root_cause=cause)
    DocumentFactory(enterprise=world.enterprise, number=paper)
    return [
        secret_word("note of a score", note, "owner", "mentor"),
        secret_word("recommendation", recommendation, "owner", "mentor"),
        secret_word("problem of a finding", problem, "owner", "mentor"),
        secret_word("root cause of a finding", cause, "owner", "mentor"),
        secret_word("number of a document", paper, "owner", "mentor"),
    ]
