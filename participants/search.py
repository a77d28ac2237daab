"""Find enterprises by whatever somebody remembers: a name, a product, a person, a place, an activity, a number.

Every word must fit somewhere, each in its own way: "kenalpot tegal" finds the makers of knalpot in both Tegal.
The words are looked up with indexes, never by reading the register through, and where a row was found is told.
"""

import re
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Right
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from closedloop.core.identifiers import masked
from closedloop.core.phone import masked as masked_phone
from closedloop.regions.everyday import split_places
from participants.models.search_words import words_in
from participants.naming import split_legal_form
from participants.spelling import processes_called, spellings

# fewer digits than these are part of a name, not of a number
FEWEST_DIGITS = 4
LONGEST = 120
MOST_TERMS = 8
# the first so many of known_for() are names and products
NAMED_IN = 2
# so much of an activity's title is enough to know it by
TITLE_SHOWN = 50
# words that stand in the title of nearly every activity, and say nothing beside others
FILLERS = frozenset(
    (
        "industri",
        "barang",
        "dan",
        "lainnya",
        "untuk",
        "keperluan",
        "atau",
        "lebih",
        "dari",
        "jasa",
        "ytdl",
        "di",
    )
)


@dataclass(frozen=True)
class Term:
    """One thing that was asked for: a word, or the words of a place; with all it may stand for."""

    words: tuple[str, ...]
    spelt: tuple[tuple[str, ...], ...]
    regencies: frozenset[str]
    processes: frozenset[str]
    activities: frozenset

    @cached_property
    def query(self) -> SearchQuery:
        """The words in any of their spellings, all of them."""
        return raw_query(self.spelt)

    def is_in(self, text: str) -> bool:
        """Whether a text says it, in any spelling."""
        said = set(re.findall(r"[^\W_]+", text.casefold())) | set(text.casefold().split())
        return all(said & set(spelt) for spelt in self.spelt)


def raw_query(spelt) -> SearchQuery:
    """Return the query for texts that have, of each group of spellings, at least one."""
    groups = (" | ".join(quoted(word) for word in group) for group in spelt)
    return SearchQuery(" & ".join(f"({group})" for group in groups), config="simple", search_type="raw")


def quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


class Search:
    """What was typed, understood once and then asked of any list of enterprises."""

    def __init__(self, text: str):
        # without the zero byte, which the database cannot take
        self.text = split_legal_form(text.replace("\x00", "")[:LONGEST])[1]
        digits = re.sub(r"[\s.()/+-]", "", self.text)
        is_number = digits.isascii() and digits.isdigit() and len(digits) >= FEWEST_DIGITS
        self.digits = digits if is_number else ""

    @cached_property
    def terms(self) -> list[Term]:
        groups = split_places(self.text)[:MOST_TERMS]
        telling = [group for group in groups if not set(group[0]) <= FILLERS]
        return [self.term(words, regencies) for words, regencies in telling or groups]

    @staticmethod
    def term(words: tuple[str, ...], regencies: frozenset[str]) -> Term:
        spelt = tuple(spellings(word) for word in words)
        kblis = apps.get_model("participants", "Kbli").objects.order_by()
        told = not set(words) <= FILLERS
        activities = kblis.alias(told=words_in("title", "words")).filter(told=raw_query(spelt))
        return Term(
            words=words,
            spelt=spelt,
            regencies=regencies,
            processes=processes_called(words),
            activities=frozenset(activities.values_list("pk", flat=True)) if told else frozenset(),
        )

    def narrow(self, rows: QuerySet) -> QuerySet:
        """Return the rows that fit every word, or the number; the surest first."""
        if not self.text:
            return rows
        if not self.terms:
            return rows.none()
        if self.digits:
            found = union(self.with_number() + self.with_words(self.terms))
        else:
            first, *others = (union(self.anywhere(term)) for term in self.terms)
            found = first.intersection(*others) if others else first
        return rows.filter(IsAmong(found)).annotate(rank=self.rank()).order_by("rank", "name", "pk")

    @property
    def is_code(self) -> bool:
        """Whether the text may be the code of a record."""
        return bool(re.fullmatch(r"[A-Za-z0-9]{6,10}", self.text))

    def anywhere(self, term: Term) -> list[QuerySet]:
        """Return where a term may stand: what the portal knows of the maker, or the title of an activity."""
        found = self.known_for(term)
        if term.activities:
            links = rows_of("EnterpriseKbli").filter(kbli_id__in=term.activities)
            found.append(links.values("enterprise_id"))
        return found

    def known_for(self, term: Term) -> list[QuerySet]:
        """Return where a term stands of a maker itself: names, products, people, processes, place, code."""
        found = self.with_words([term])
        if term.processes:
            # the links alone: to pass through the enterprises costs twice as much and finds the same
            made = apps.get_model("participants", "Enterprise").processes.through._base_manager.order_by()
            found.append(made.filter(process__code__in=term.processes).values("enterprise_id"))
        if term.regencies:
            found.append(rows_of("Enterprise").filter(regency__in=term.regencies).values("pk"))
        if self.is_code:
            found.append(rows_of("Enterprise").filter(code=self.text.upper()).values("pk"))
        return found

    @staticmethod
    def with_words(terms: list[Term]) -> list[QuerySet]:
        """Return the enterprises whose name, product or active person says all the terms."""
        asked = raw_query([group for term in terms for group in term.spelt])
        return [
            rows_of("Enterprise").alias(said=words_in("name")).filter(said=asked).values("pk"),
            rows_of("Product").alias(said=words_in("name")).filter(said=asked).values("enterprise_id"),
            rows_of("Person")
            .alias(said=words_in("full_name"))
            .filter(said=asked, is_active=True)
            .values("enterprise_id"),
        ]

    def with_number(self) -> list[QuerySet]:
        """Return the enterprises with this NIB, NPWP, telephone or activity: its beginning, or how it ends."""
        digits, enterprises = (
            self.digits,
            rows_of("Enterprise").alias(
                nib_end=Right("nib", FEWEST_DIGITS),
                npwp_end=Right("npwp", FEWEST_DIGITS),
                phone_end=Right("phone", FEWEST_DIGITS),
            ),
        )
        people = rows_of("Person").alias(phone_end=Right("phone", FEWEST_DIGITS)).filter(is_active=True)
        end = digits[-FEWEST_DIGITS:]
        national = digits.removeprefix("62").lstrip("0")
        starts = [Q(nib__startswith=digits), Q(npwp__startswith=digits), Q(npwp__startswith=f"0{digits}")]
        ends = [Q(nib_end=end, nib__endswith=digits), Q(npwp_end=end, npwp__endswith=digits)]
        called = Q(phone_end=end, phone__endswith=national) if len(national) >= FEWEST_DIGITS else Q(pk=None)
        begun = Q(phone__startswith=f"+62{national}") if len(national) >= FEWEST_DIGITS else Q(pk=None)
        found = [enterprises.filter(one).values("pk") for one in (*starts, *ends, called, begun)]
        found += [people.filter(one).values("enterprise_id") for one in (called, begun)]
        found.append(rows_of("EnterpriseKbli").filter(kbli__code=digits).values("enterprise_id"))
        found.append(enterprises.filter(code=self.text.upper()).values("pk"))
        return found

    def rank(self) -> Case:
        """The number or code itself, then a name that begins so, says so, says nearly so, a product; then the rest.

        Last come those known for a word only by the title of an activity: one title is of many trades.
        """
        whole = Q(code=self.text.upper())
        if self.digits:
            whole |= Q(nib=self.digits) | Q(npwp=self.digits) | Q(npwp=f"0{self.digits}")
        tiers = [whole, Q(name__istartswith=self.text)]
        # a place is shown beside each row; what counts is what was asked for there
        asked = [term for term in self.terms if not term.regencies] or self.terms
        name, product, _person = self.with_words(asked)
        typed = raw_query([(word,) for term in asked for word in term.words])
        said = rows_of("Enterprise").alias(said=words_in("name")).filter(said=typed).values("pk")
        tiers += [Q(pk__in=said), Q(pk__in=name), Q(pk__in=product)]
        if titled := [term for term in asked if term.activities]:
            # of a single word, names and products have had their tiers
            seen = NAMED_IN if len(asked) == 1 else 0
            tiers.append(reduce(and_, (Q(pk__in=union(self.known_for(term)[seen:])) for term in titled)))
        return Case(
            *(When(tier, then=Value(place)) for place, tier in enumerate(tiers)),
            default=Value(len(tiers)),
            output_field=IntegerField(),
        )

    def reasons(self, enterprise) -> list[str]:
        """Say where a row was found, as far as its name and place do not show it; needs with_reasons()."""
        if self.digits:
            return number_reasons(enterprise, self.digits)
        told = []
        for term in self.terms:
            if term.is_in(enterprise.name) or enterprise.regency_id in term.regencies:
                continue
            if reason := reason_for(enterprise, term):
                told.append(reason)
        return list(dict.fromkeys(told))


def reason_for(enterprise, term: Term) -> str:
    """Return "produk: Knalpot Racing" or whatever else fits the term, the most telling first."""
    for label, names in (
        (_("produk"), [product.name for product in enterprise.products.all()]),
        (_("orang"), [person.full_name for person in enterprise.people.all() if person.is_active]),
    ):
        for name in names:
            if term.is_in(name):
                return f"{label}: {name}"
    for process in enterprise.processes.all():
        if process.code in term.processes:
            return f"{_('proses')}: {process}"
    for link in enterprise.kbli_links.all():
        if link.kbli_id in term.activities:
            return _("hanya judul KBLI: %(title)s") % {"title": Truncator(link.kbli).chars(TITLE_SHOWN)}
    return ""


def number_reasons(enterprise, digits: str) -> list[str]:
    """Say which number it was; numbers are shown by their last digits, as everywhere."""
    national = digits.removeprefix("62").lstrip("0")
    phones = [enterprise.phone, *(person.phone for person in enterprise.people.all() if person.is_active)]
    told = []
    if enterprise.nib and (enterprise.nib.startswith(digits) or enterprise.nib.endswith(digits)):
        told.append(f"NIB: {masked(enterprise.nib)}")
    if enterprise.npwp and (
        enterprise.npwp.lstrip("0").startswith(digits.lstrip("0")) or enterprise.npwp.endswith(digits)
    ):
        told.append(f"NPWP: {masked(enterprise.npwp)}")
    for phone in phones:
        if national and phone and (phone.startswith(f"+62{national}") or phone.endswith(national)):
            told.append(f"{_('telepon')}: {masked_phone(phone)}")
    told += [f"KBLI: {link.kbli}" for link in enterprise.kbli_links.all() if link.kbli.code == digits]
    return list(dict.fromkeys(told))


def rows_of(model: str) -> QuerySet:
    """Return the rows of a model of this app, in no order; models import this module, so it asks for them by name."""
    return apps.get_model("participants", model)._base_manager.order_by()


def union(found: list[QuerySet]) -> QuerySet:
    first, *rest = found
    return first.union(*rest, all=True) if rest else first


class IsAmong(Func):
    """Whether a row is one of those found. As an array, which is made once and then walked in the order of the
    index; of a subquery PostgreSQL expects far too few rows, and asks the index for each of the many.
    """

    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, found: QuerySet):
        super().__init__(F("pk"), ArraySubquery(found))
