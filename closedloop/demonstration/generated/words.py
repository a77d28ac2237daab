"""What enterprises, products and people of a generated programme are called, with the slips people make."""

from dataclasses import dataclass
from functools import cache
from random import Random

from closedloop.demonstration.tables import read

# makers of parts live where parts are made: code of the regency → how much more often than anywhere else
CENTRES = {
    "33.28": 60, "33.76": 40, "33.10": 50, "33.03": 30, "33.74": 20, "33.72": 20, "32.16": 60, "32.04": 50,
    "32.73": 40, "32.15": 40, "32.01": 40, "36.03": 40, "36.71": 30, "31.75": 30, "31.72": 20, "35.15": 60,
    "35.14": 40, "35.78": 40, "35.25": 20, "34.04": 20, "12.71": 15, "73.71": 10, "64.72": 8, "51.71": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Family:
    """A kind of maker: its activity, its processes, how it calls itself and what it makes."""

    kbli: str
    processes: tuple[str, ...]
    weight: int
    words: tuple[str, ...]
    products: tuple[str, ...]


@cache
def families() -> list[Family]:
    return [
        Family(
            kbli=row["kbli"],
            processes=tuple(row["processes"].split()),
            weight=int(row["weight"]),
            words=tuple(row["words"].split("|")),
            products=tuple(row["products"].split(";")),
        )
        for row in read("families.csv")
    ]


@cache
def words(kind: str) -> list[str]:
    """Return the words of one kind: front and back of a firm's name, given and family names of people."""
    return next(row["words"].split() for row in read("naming.csv") if row["kind"] == kind)


def firm_name(dice: Random, family: Family) -> str:
    """Return what a firm calls itself, now and then misspelt or in capitals."""
    parts = [dice.choice(words("front"))]
    if dice.random() < 0.8:
        parts.append(misspelt(dice, dice.choice(family.words), share=0.05))
    if dice.random() < 0.75:
        parts.append(dice.choice(words("back")))
    if len(parts) == 1 or dice.random() < 0.1:
        parts.append(f"{dice.randrange(2, 99)}")
    name = " ".join(parts)
    return name.upper() if dice.random() < 0.08 else name


def person_name(dice: Random) -> str:
    """Return a name; one in four has one word only."""
    given = dice.choice(words("given"))
    return given if dice.random() < 0.25 else f"{given} {dice.choice(words('family'))}"


def product_names(dice: Random, family: Family) -> list[str]:
    """Return one to four different products of the family; one maker in ten told none."""
    if dice.random() < 0.1:
        return []
    count = min(dice.choice((1, 1, 2, 2, 2, 3, 4)), len(family.products))
    return [
        misspelt(dice, f"{name} {dice.choice(('', '', 'Tipe A', 'Tipe B', 'OEM', 'Custom'))}".strip(), 0.04)
        for name in dice.sample(family.products, count)
    ]


def misspelt(dice: Random, text: str, share: float) -> str:
    """Return the text with, in this share of cases, a letter left out, doubled, swapped or slipped in."""
    if dice.random() >= share or len(text) < 5:
        return text
    at = dice.randrange(1, len(text) - 2)
    match dice.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case 2:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + dice.choice("aeiou") + text[at:]
