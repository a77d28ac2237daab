"""Bars of before, now and what is asked: told apart without colour, and unknown is never a zero."""

from closedloop.core.charts import Pair, pairs, tokens

WORDS = ("20 Jan", "20 Okt", "Syarat Madya")


def drawn(*rows):
    return pairs(rows, label="Nilai 65,4", words=WORDS, language="id")


def test_before_is_hollow_now_is_full_and_what_is_asked_is_a_tick():
    svg = drawn(Pair("5R", 50, 65.6, 65))
    assert f'fill="{tokens.WHITE}" stroke="{tokens.INK_2}"' in svg and f'fill="{tokens.BAJA}"' in svg
    assert "50 → 65,6" in svg and all(word in svg for word in WORDS)


def test_what_is_unknown_has_no_bar_and_no_key():
    svg = drawn(Pair("5R", None, 40, None), Pair("K3L", None, None, None))
    assert "20 Jan" not in svg and "Syarat" not in svg
    assert svg.count(f'fill="{tokens.BAJA}"') == 2  # the key and one bar
    assert ">–<" in svg and ">0<" not in svg


def test_nothing_known_says_so():
    assert "Belum ada data" in drawn(Pair("5R"))


def test_a_value_beyond_the_scale_ends_at_the_edge_and_keeps_its_figure():
    svg = drawn(Pair("5R", -5, 130, 200))
    assert "130" in svg and 'width="400"' in svg and 'width="520"' not in svg
