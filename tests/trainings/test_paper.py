"""What is typed off paper is read as it was meant, or said to be unreadable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainings.paper import WORDS, Fault, read

WORDS_OF_NAMES = ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan")
NAMES = [(f"CV Contoh {word}", f"Pemilik {word}") for word in WORDS_OF_NAMES]
SPOKEN = {"late": "terlambat", "excused": "izin", "sick": "sakit", "absent": "alpa"}


@pytest.mark.parametrize(
    "text, exceptions",
    [
        ("semua hadir", {}),
        ("Hadir semua.", {}),
        ("semua hadir kecuali 3, 7, 8 (izin)", {3: "absent", 7: "absent", 8: "excused"}),
        ("Semua hadir, kecuali: 3 dan 7", {3: "absent", 7: "absent"}),
        ("kecuali 2", {2: "absent"}),
        ("izin: 3, 7; sakit 1", {3: "excused", 7: "excused", 1: "sick"}),
        ("3-5 sakit", {3: "sick", 4: "sick", 5: "sick"}),
        ("5 s.d. 3 telat", {3: "late", 4: "late", 5: "late"}),
        ("1 2 3 ijin", {1: "excused", 2: "excused", 3: "excused"}),
        ("no. 4 tanpa keterangan", {4: "absent"}),
        ("pemilik tujuh (sakit)\ncv contoh dua", {7: "sick", 2: "absent"}),
        ("all present except 3 (sick)", {3: "sick"}),
        ("3 (izin), 3 (izin)", {3: "excused"}),
    ],
)
def test_it_is_read_as_meant(text, exceptions):
    reading = read(text, NAMES)
    assert (reading.exceptions, reading.problems) == (exceptions, [])


@pytest.mark.parametrize(
    "text, fault, item",
    [
        ("semua hadir kecuali 9", Fault.NO_SUCH_ROW, "9"),
        ("0", Fault.NO_SUCH_ROW, "0"),
        ("1-99999999999 sakit", Fault.NO_SUCH_ROW, "9"),
        ("Sulastri (izin)", Fault.NO_SUCH_NAME, "Sulastri"),
        ("contoh", Fault.SEVERAL_NAMES, "contoh"),
        ("3 izin, 3 sakit", Fault.TWO_STATUSES, "3"),
    ],
)
def test_what_cannot_be_read_is_named(text, fault, item):
    problems = read(text, NAMES).problems
    assert [(one.fault, one.item) for one in problems] == [(fault, item)]


@given(st.dictionaries(st.integers(1, 8), st.sampled_from(sorted(SPOKEN)), max_size=8), st.randoms())
def test_any_exceptions_written_down_come_back(exceptions, chance):
    rows = list(exceptions.items())
    chance.shuffle(rows)
    ways = ("{n} ({w})", "{n} {w}", "{who} ({w})")
    items = [
        chance.choice(ways).format(n=number, w=SPOKEN[status], who=NAMES[number - 1][1])
        for number, status in rows
    ]
    reading = read("semua hadir kecuali " + chance.choice((", ", "; ", "\n", " dan ")).join(items), NAMES)
    assert (reading.exceptions, reading.problems) == (exceptions, [])


@given(st.text(max_size=200))
def test_no_text_breaks_it_or_names_a_row_that_is_not_there(text):
    reading = read(text, NAMES)
    assert set(reading.exceptions) <= set(range(1, 9))
    assert set(reading.exceptions.values()) <= set(WORDS.values())
