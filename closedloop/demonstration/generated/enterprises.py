"""One generated enterprise after the other, with all that hangs on it and all that is missing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import models

from closedloop.core.models import CODE_ALPHABET
from closedloop.demonstration.enterprises import ROADS, luhn_digit
from closedloop.demonstration.generated.people import Stage
from closedloop.demonstration.generated.words import Family, families, firm_name, person_name, product_names
from participants.models import (
    AnnualFigure,
    Consent,
    Document,
    Enterprise,
    EnterpriseKbli,
    LegalForm,
    Person,
    Product,
)

MILLION = 1_000_000
FORMS = (LegalForm.CV, LegalForm.TRADING, LegalForm.PT)
PLACES = 10**8  # so many different numbers of eight digits


class Maker:
    """Invents enterprises; the same seed invents the same ones."""

    def __init__(
        self, dice: Random, stage: Stage, *, seed: int, kblis: dict, processes: dict, regencies: list
    ):
        self.dice, self.stage, self.seed = dice, stage, seed
        self.kblis, self.processes = kblis, processes
        self.regencies, self.weights = zip(*regencies, strict=True)
        self.kinds = families()
        self.kind_weights = [family.weight for family in self.kinds]
        self.codes: set[str] = set()
        self.earlier: list[Enterprise] = []

    def enterprise(self, number: int) -> tuple[Enterprise, Family]:
        """Return the enterprise of this number, unsaved; one in fifty was written down twice."""
        dice = self.dice
        family = dice.choices(self.kinds, self.kind_weights)[0]
        since = self.stage.today - timedelta(days=dice.randrange(1, 1200))
        level = dice.choices((None, 1, 2, 3, 4), (50, 24, 16, 7, 3))[0]
        men = None if dice.random() < 0.15 else int(dice.lognormvariate(2.3, 0.8))
        capital = None if dice.random() < 0.2 else int(dice.lognormvariate(6.6, 1.3)) * MILLION
        one = Enterprise(
            code=self.code(),
            name=firm_name(dice, family),
            legal_form=dice.choices((*FORMS, LegalForm.INDIVIDUAL), (5, 3, 2, 2))[0],
            regency_id=dice.choices(self.regencies, self.weights)[0],
            address="" if dice.random() < 0.2 else f"{dice.choice(ROADS)} No. {dice.randrange(1, 200)}",
            nib=self.nib(number) if dice.random() < 0.72 else None,
            npwp=self.npwp(number) if dice.random() < 0.65 else None,
            phone=self.phone(number) if dice.random() < 0.4 else "",
            founded_year=None if dice.random() < 0.2 else dice.randrange(1980, self.stage.today.year),
            employees_male=men,
            employees_female=None if men is None or dice.random() < 0.1 else men * dice.randrange(0, 9) // 10,
            capital=capital,
            investment_value=capital and capital * dice.randrange(8, 25) // 10
            if dice.random() < 0.6
            else None,
            class_level=level,
            class_since=level and since,
            updated_at=self.moment(since),
            created_at=self.moment(since),
        )
        if dice.random() < 0.02 and self.earlier:
            self.repeat(one, dice.choice(self.earlier))
        elif number % 50 == 0:
            self.earlier.append(one)
        return one, family

    @staticmethod
    def repeat(one: Enterprise, other: Enterprise) -> None:
        """Make it the same enterprise once more: another spelling, the same place, and no numbers."""
        one.name = other.name.upper() if other.name != other.name.upper() else f"{other.name} "[:-1].title()
        one.regency_id, one.nib, one.npwp = other.regency_id, None, None

    def parts(self, one: Enterprise, number: int, family: Family) -> Iterator[models.Model]:
        """Yield its people, products, activity, processes, figures, papers and consents, unsaved."""
        dice, today = self.dice, self.stage.today
        yield from self.people(one, number)
        for name in product_names(dice, family):
            yield Product(enterprise=one, name=name)
        if dice.random() < 0.93:
            yield EnterpriseKbli(enterprise=one, kbli_id=self.kblis[family.kbli], is_primary=True)
        for code in family.processes:
            if dice.random() < 0.7:
                through = Enterprise.processes.through
                yield through(enterprise_id=one.pk, process_id=self.processes[code])
        if dice.random() < 0.65:
            sales = None if dice.random() < 0.2 else int(dice.lognormvariate(7.7, 1.2)) * MILLION
            yield AnnualFigure(
                enterprise=one,
                year=today.year - 1,
                annual_sales=sales,
                employee_count=one.employee_count,
                is_baseline=dice.random() < 0.8,
            )
        if dice.random() < 0.45:
            issued = today - timedelta(days=dice.randrange(200, 2400))
            yield Document(
                enterprise=one,
                kind=dice.choice((Document.Kind.ENVIRONMENT, Document.Kind.BPJS, Document.Kind.ISO9001)),
                number=f"{number:06d}/{issued.year}",
                issuer="Penerbit Contoh",
                issued_on=issued,
                expires_on=issued + timedelta(days=365 * 5),
            )
        for purpose, share in ((Consent.Purpose.TRAINING, 0.7), (Consent.Purpose.SHARING, 0.4)):
            if dice.random() < share:
                yield Consent(
                    enterprise=one, purpose=purpose, text_version="2026-1", channel="Formulir pendaftaran"
                )

    def people(self, one: Enterprise, number: int) -> Iterator[Person]:
        """Yield the owner, and sometimes a helper; one owner in eight told no telephone number."""
        dice = self.dice
        phone = self.phone(number) if dice.random() < 0.87 else ""
        yield Person(enterprise=one, full_name=person_name(dice), phone=phone, is_primary=True)
        if dice.random() < 0.3:
            yield Person(
                enterprise=one,
                full_name=person_name(dice),
                position=dice.choice((Person.Position.PRODUCTION, Person.Position.FINANCE)),
                is_active=dice.random() < 0.9,
            )

    def code(self) -> str:
        """Return a code that none of the others has."""
        while (code := "".join(self.dice.choices(CODE_ALPHABET, k=6))) in self.codes:
            pass
        self.codes.add(code)
        return code

    def scattered(self, number: int) -> int:
        """Return a number of up to eight digits that looks random and belongs to this one alone."""
        return (number * 7_654_321 + 1_234_567) % PLACES

    def nib(self, number: int) -> str:
        return f"98{self.seed % 1000:03d}{self.scattered(number):08d}"

    def npwp(self, number: int) -> str:
        body = f"{self.scattered(number):08d}"
        return f"0{body}{luhn_digit(body)}{self.seed % 1000:03d}000"

    def phone(self, number: int) -> str:
        """Return a number in a range that nobody was given."""
        return f"+62812000{number % MILLION:06d}"

    def moment(self, day) -> datetime:
        return datetime(day.year, day.month, day.day, self.dice.randrange(1, 10), tzinfo=UTC)
