import pytest

from participants.duplicates import Existing, Reason, find_duplicates
from participants.reading import Problem, RegistrationRow

NIB, OTHER_NIB = "1707536455681", "9257823252959"
NPWP, OTHER_NPWP = "0518844725898000", "0848648879825000"
PHONE, OTHER_PHONE = "+6281250087547", "+6281250087548"


def row(number, name="Tri Casting", *, nib=None, npwp=None, phone=PHONE, regency="35.15", faulty=False):
    problems = [Problem(number, "kbli", "I", "KBLI", "9", "five_digits", "…")] if faulty else []
    return RegistrationRow(
        number, name=name, nib=nib, npwp=npwp, phone=phone, regency_code=regency, problems=problems
    )


def found(rows, existing=()):
    return {
        number: (duplicate.reason, duplicate.of_row, duplicate.of_existing)
        for number, duplicate in find_duplicates(rows, existing).items()
    }


def test_same_number_is_certain_whatever_the_name():
    assert found([row(1, nib=NIB), row(2, "Lain", nib=NIB, phone=OTHER_PHONE)]) == {
        2: (Reason.SAME_NIB, 1, None)
    }
    assert found([row(1, npwp=NPWP), row(2, "Lain", npwp=NPWP, phone=OTHER_PHONE)]) == {
        2: (Reason.SAME_NPWP, 1, None)
    }


def test_same_name_and_phone_with_other_numbers_is_for_a_person_to_decide():
    rows = [row(1, nib=NIB), row(2, "CV TRI  CASTING", nib=OTHER_NIB, regency="33.28")]
    assert found(rows) == {2: (Reason.SAME_NAME_AND_PHONE, 1, None)}
    assert not find_duplicates(rows)[2].is_certain


def test_same_name_and_phone_without_any_number_is_the_same_record():
    assert found([row(1), row(2)]) == {2: (Reason.SAME_RECORD, 1, None)}
    assert found([row(1), row(2, regency="33.28")]) == {2: (Reason.SAME_NAME_AND_PHONE, 1, None)}
    assert found([row(1), row(2, nib=NIB)]) == {2: (Reason.SAME_NAME_AND_PHONE, 1, None)}


@pytest.mark.parametrize(
    "name, near",
    [
        ("Tri Casting", True),
        ("TriCasting", True),
        ("Tri Castin", True),
        ("Tri Castting", True),
        ("Tri Kasting", True),
        ("Tri Catsing", True),
        ("Tri Stamping", False),
        ("Tri Casting 2", False),
        ("Catur Casting", False),
    ],
)
def test_a_near_name_in_the_same_regency_is_for_a_person_to_decide(name, near):
    rows = [row(1, nib=NIB), row(2, name, nib=OTHER_NIB, phone=OTHER_PHONE)]
    assert found(rows) == ({2: (Reason.NEAR_NAME, 1, None)} if near else {})
    elsewhere = [row(1, nib=NIB), row(2, name, nib=OTHER_NIB, phone=OTHER_PHONE, regency="33.28")]
    assert found(elsewhere) == {}


def test_short_names_are_near_only_when_equal():
    assert found([row(1, "Maju", nib=NIB), row(2, "Madu", nib=OTHER_NIB, phone=OTHER_PHONE)]) == {}
    assert found([row(1, "Maju", nib=NIB), row(2, "MAJU", nib=OTHER_NIB, phone=OTHER_PHONE)]) == {
        2: (Reason.NEAR_NAME, 1, None)
    }


def test_rows_with_errors_neither_repeat_nor_are_repeated():
    assert found([row(1, nib=NIB, faulty=True), row(2, nib=NIB)]) == {}
    assert found([row(1, nib=NIB), row(2, nib=NIB, faulty=True)]) == {}


REGISTERED = Existing("A", "Tri Casting", NIB, NPWP, frozenset([PHONE, OTHER_PHONE]), "35.15")


@pytest.mark.parametrize(
    "candidate, reason",
    [
        (row(1, "Lain", nib=NIB, phone="+628111111111"), Reason.SAME_NIB),
        (row(1, "Lain", npwp=NPWP, phone="+628111111111"), Reason.SAME_NPWP),
        (
            row(1, "PT Tri Casting", nib=OTHER_NIB, phone=OTHER_PHONE, regency="33.28"),
            Reason.SAME_NAME_AND_PHONE,
        ),
        (row(1, "Tri Kasting", nib=OTHER_NIB, phone="+628111111111"), Reason.NEAR_NAME),
    ],
)
def test_the_registry_is_asked_too(candidate, reason):
    assert found([candidate], [REGISTERED]) == {1: (reason, None, "A")}


def test_numbers_of_two_enterprises_in_one_row_are_for_a_person_to_decide():
    other = Existing("B", "Lain", OTHER_NIB, OTHER_NPWP, frozenset(), "33.28")
    rows = [row(1, "Baru", nib=NIB, npwp=OTHER_NPWP)]
    assert found(rows, [REGISTERED, other]) == {1: (Reason.NUMBERS_DISAGREE, None, "A")}
    assert not find_duplicates(rows, [REGISTERED, other])[1].is_certain


def test_a_file_that_was_imported_gives_the_same_answers_about_itself():
    rows = [row(5, nib=NIB), row(89, nib=NIB), row(90, nib=OTHER_NIB)]
    before = found(rows)
    after = found(rows, [Existing("A", "Tri Casting", NIB, None, frozenset([PHONE]), "35.15")])
    assert before == {89: (Reason.SAME_NIB, 5, None), 90: (Reason.SAME_NAME_AND_PHONE, 5, None)}
    assert after == before | {5: (Reason.SAME_NIB, None, "A")}


def test_a_row_a_person_let_in_is_itself_next_time():
    rows = [row(5, nib=NIB), row(90, nib=OTHER_NIB)]
    registry = [Existing("A", "Tri Casting", NIB), Existing("B", "Tri Casting", OTHER_NIB)]
    assert found(rows, registry) == {5: (Reason.SAME_NIB, None, "A"), 90: (Reason.SAME_NIB, None, "B")}


def test_the_message_names_the_other():
    in_file, in_registry = (
        find_duplicates([row(5, nib=NIB), row(9, nib=NIB)]),
        find_duplicates([row(5, nib=NIB)], [REGISTERED]),
    )
    assert str(in_file[9].message) == "NIB sama dengan baris 5."
    assert str(in_registry[5].message) == "NIB sama dengan usaha yang sudah terdaftar."
