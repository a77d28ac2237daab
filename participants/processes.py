"""Recognise a production process by the words people use for it. Pure functions over the shipped list."""

import csv
import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).resolve().parent / "data" / "processes.csv"


@cache
def words() -> dict[str, str]:
    """Return {words as people write them: code of the process}."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {
            key(word): row["code"]
            for row in csv.DictReader(file)
            for word in [row["name"], *row["words"].split(",")]
        }


def key(text: str) -> str:
    """Return what spellings of one word share: "Bubut / CNC" and "bubut cnc" are the same."""
    return " ".join(word for word in re.findall(r"[^\W_]+", text.casefold()) if word != "dan")


def code_of(text: str) -> str | None:
    """Return the code of the process called so, or None when no process is."""
    return words().get(key(text))
