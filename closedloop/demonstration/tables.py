"""The tables of the demonstration: invented companies and people, read from `data`."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
MILLION = 1_000_000


@dataclass(frozen=True)
class EnterpriseRow:
    """One IKM of the programme; money in million Rupiah, `start` and `end` are the overall scores it goes between."""

    cohort: str
    name: str
    form: str
    regency: str
    kbli: str
    processes: tuple[str, ...]
    products: tuple[str, ...]
    founded: int | None
    men: int | None
    women: int | None
    sales: int | None
    capital: int | None
    owner: str
    start: int | None
    end: int | None
    diligence: int
    mentor: str
    papers: tuple[str, ...]
    is_imported: bool

    @property
    def slug(self) -> str:
        return "".join(character for character in self.name.lower() if character.isalnum())

    @property
    def is_exemplary(self) -> bool:
        """Comes to everything, in time, and passes every test."""
        return self.diligence == 100

    @property
    def is_steady(self) -> bool:
        """Comes to everything, sometimes late, and passes most tests."""
        return self.diligence >= 89


@dataclass(frozen=True)
class BuyerRow:
    """One company of large industry with its contact; without `account` the contact never signs in."""

    name: str
    tier: str
    regency: str
    grace_days: int
    max_early_days: int
    contact: str
    title: str
    account: str


def number(text: str) -> int | None:
    return int(text) if text else None


@cache
def enterprises() -> list[EnterpriseRow]:
    """Return the 42 IKM in the order in which they registered."""
    return [
        EnterpriseRow(
            cohort=row["cohort"],
            name=row["name"],
            form=row["form"],
            regency=row["regency"],
            kbli=row["kbli"],
            processes=tuple(row["processes"].split()),
            products=tuple(filter(None, row["products"].split(";"))),
            founded=number(row["founded"]),
            men=number(row["men"]),
            women=number(row["women"]),
            sales=number(row["sales"]),
            capital=number(row["capital"]),
            owner=row["owner"],
            start=number(row["start"]),
            end=number(row["end"]),
            diligence=int(row["diligence"]),
            mentor=row["mentor"],
            papers=tuple(row["papers"].split()),
            is_imported=row["source"] == "impor",
        )
        for row in read("enterprises.csv")
    ]


@cache
def buyers() -> list[BuyerRow]:
    """Return the 12 companies."""
    return [
        BuyerRow(
            **{
                **row,
                "grace_days": int(row["grace_days"]),
                "max_early_days": int(row["max_early_days"]),
            }
        )
        for row in read("buyers.csv")
    ]


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
