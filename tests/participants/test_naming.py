import pytest

from participants.naming import clean, name_key, split_legal_form, tidy_name


@pytest.mark.parametrize(
    "text, form, name",
    [
        ("PT. Cakra Machining", "pt", "Cakra Machining"),
        ("PT Cakra", "pt", "Cakra"),
        ("P.T. Cakra", "pt", "Cakra"),
        ("PT.Cakra", "pt", "Cakra"),
        ("pt cakra", "pt", "cakra"),
        ("PT Perorangan Tri Casting", "pt_perorangan", "Tri Casting"),
        ("PT. Perorangan Tri Casting", "pt_perorangan", "Tri Casting"),
        ("CV. Maju", "cv", "Maju"),
        ("C.V. Maju", "cv", "Maju"),
        ("UD Tri Stamping", "ud", "Tri Stamping"),
        ("PD Maju", "ud", "Maju"),
        ("Firma Maju", "firma", "Maju"),
        ("Fa. Maju", "firma", "Maju"),
        ("Koperasi Kencana Abadi", "koperasi", "Kencana Abadi"),
        ("Cakra Teknik, CV", "cv", "Cakra Teknik"),
        ("Cakra Teknik, PT.", "pt", "Cakra Teknik"),
        ("Maju", None, "Maju"),
        ("Ptolemeus Teknik", None, "Ptolemeus Teknik"),
        ("Fajar Teknik", None, "Fajar Teknik"),
        ("Cvetka", None, "Cvetka"),
        ("PT", "pt", ""),
    ],
)
def test_legal_form_is_taken_off_the_name(text, form, name):
    assert split_legal_form(text) == (form, name)


@pytest.mark.parametrize(
    "name, tidy",
    [
        ("GRAHA PLASTIK", "Graha Plastik"),
        ("Graha plastik", "Graha plastik"),
        ("graha", "graha"),
        ("CNC PRATAMA II", "CNC Pratama II"),
        ("JA'FAR-SONS", "Ja'far-Sons"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_only_a_name_all_in_capitals_is_changed(name, tidy):
    assert tidy_name(name) == tidy


def test_two_spellings_of_a_name_have_one_key():
    assert (
        name_key("CV Tri  Casting ") == name_key("PT PERORANGAN TRI CASTING") == name_key("Tri-Casting, UD")
    )
    assert name_key("Tri Casting") != name_key("Tri Castings")


def test_clean_leaves_one_line_of_visible_text():
    assert clean(" a\tb\u00a0\u200bc\n\u202ed\x00 ") == "a b c d"
    assert clean("e\u0301") == "é"
