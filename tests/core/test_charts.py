"""Charts: golden drawings, and properties that hold whatever the data."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from closedloop.core import charts
from closedloop.core.charts.tilemap import TILES

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
AXES = ["Mentalitas Dasar", "5R", "K3L", "Teknis & QCD", "Pemasaran", "Keuangan", "Legalitas"]
NOW, BEFORE, TARGET = [70, 78, 72, 68, 60, 62, 80], [50, 52, 44, 48, 40, 38, 60], [65, 75, 70, 65, 55, 55, 55]


def radar(now=NOW, before=BEFORE):
    series = [
        charts.Series("Awal", before, "baseline"),
        charts.Series("Terakhir", now, "last"),
        charts.Series("Syarat", TARGET, "target"),
    ]
    return charts.radar(AXES, series, label="Nilai 69,2; kurang 0,8 poin untuk Pra-Mandiri", language="id")


def drawings():
    """One of each, from the figures of a believable IKM and programme."""
    plan = [7.5, 8, 8.5, 9, 9, 9.5, 9.5, 9.5, 9, 9, 8.5, 7.6]
    return {
        "radar": radar(),
        "radar_gap": radar([70, None, 72, 68, 60, 62, 80]),
        "bars": charts.bars(
            [charts.Bar("5R", 78, 75), charts.Bar("K3L", 72.5, 75), charts.Bar("Keuangan", None, 65)],
            label="Dua bidang",
            requirement_word="syarat",
            language="id",
        ),
        "line": charts.line(
            MONTHS,
            [("Skor", [50, 52, 55, None, 60, 61, None, None, 66, 67, 69, 69.2])],
            label="Skor naik 19,2 poin",
            target=70,
            target_label="Syarat",
            top=100,
            language="id",
        ),
        "flow": charts.flow([248, 212, 168, 131, 86, 52], label="Enam tahap", back="38 IKM", language="id"),
        "monthly": charts.monthly(MONTHS, plan, [6.9, 7.1, 8.2, 8.8, 1.4], label="Per bulan", language="id"),
        "cumulative": charts.cumulative(MONTHS, plan, [6.9, 7.1, None, 8.8], label="Berjalan", language="id"),
        "stackbar": charts.stackbar([("Pelatihan", 10), ("Penilaian", 18), ("MoU", None)], language="id"),
        "columns": charts.columns(["<40", "40–59", "60+"], [2, None, 14], label="Sebaran", language="id"),
        "dumbbell": charts.dumbbell(AXES, BEFORE, NOW, label="Awal dan kini", language="id"),
        "tilemap": charts.tilemap(
            {"JB": 74, "JT": 46, "SU": 5, "PA": None},
            label="Tiga provinsi",
            names={"JB": "Jawa Barat"},
            language="id",
        ),
    }


@pytest.mark.parametrize("name", drawings())
def test_golden(name):
    """To accept a changed drawing, look at it first, then delete its file and run the test twice."""
    path = GOLDEN / f"{name}.svg"
    with override("id"):
        drawn = drawings()[name].replace("><", ">\n<") + "\n"
    if not path.exists():
        path.write_text(drawn)
        pytest.fail(f"{path} was missing and is written now; look at it and run again.")
    assert drawn == path.read_text()


@pytest.mark.parametrize("name", drawings())
def test_a_drawing_obeys_the_page_and_the_pdf(name):
    drawn = drawings()[name]
    root = ElementTree.fromstring(drawn)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == root.find(f"{SVG}title").text
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|\sid=", drawn)
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["font-size"]) >= 10


def test_an_unknown_axis_of_the_radar_opens_the_outline():
    root = ElementTree.fromstring(radar([70, None, 72, 68, 60, 62, 80]))
    closed = [one for one in root.iter(f"{SVG}polygon") if one.get("fill-opacity")]
    circles = list(root.iter(f"{SVG}circle"))
    assert closed == []
    assert len(circles) == 6 + 1  # six known axes and the key
    assert "–" in [text.text for text in root.iter(f"{SVG}text")]


def test_a_missing_month_breaks_the_line_in_two():
    drawn = charts.line(MONTHS[:5], [("Skor", [1, 2, None, 4, 5])], label="x", language="id")
    assert len(re.findall("<polyline", drawn)) == 2


def test_a_month_to_come_has_no_bar():
    drawn = charts.monthly(MONTHS, [5] * 12, [1, 0, None], label="x", language="id")
    assert len(re.findall('<rect[^>]*fill="#0e4f73"', drawn)) == 2


def test_a_province_without_a_figure_is_not_a_zero():
    drawn = charts.tilemap({"PA": None}, label="x", names={"PA": "Papua"}, language="id")
    assert "<title>Papua: Belum ada data</title>" in drawn
    assert "<title>AC: 0 IKM</title>" in drawn


@pytest.mark.parametrize(
    "drawn",
    [
        lambda: charts.radar([], [], label="x", language="id"),
        lambda: charts.radar(["a"], [charts.Series("b", [None], "last")], label="x", language="id"),
        lambda: charts.bars([], label="x", language="id"),
        lambda: charts.bars([charts.Bar("a", None)], label="x", language="id"),
        lambda: charts.line(MONTHS, [("a", [None] * 12)], label="x", language="id"),
        lambda: charts.line([], [], label="x", language="id"),
        lambda: charts.flow([None, None], label="x", language="id"),
        lambda: charts.flow([0, 0], label="x", language="id"),
        lambda: charts.monthly(MONTHS, [None] * 12, [], label="x", language="id"),
        lambda: charts.cumulative(MONTHS, [], [], label="x", language="id"),
        lambda: charts.columns(["a"], [None], label="x", language="id"),
        lambda: charts.dumbbell(["a"], [None], [None], label="x", language="id"),
        lambda: charts.tilemap(dict.fromkeys(TILES), label="x", names={}, language="id"),
    ],
)  # fmt: skip
def test_no_data_is_said_in_words(drawn):
    assert "Belum ada data" in drawn()


def test_english():
    drawn = charts.bars(
        [charts.Bar("5S", 72.5, 75), charts.Bar("OHS", None)], label="x", decimals=1, language="en"
    )
    assert ">72.5<" in drawn
    assert ">No data yet<" in drawn


def test_words_are_escaped():
    drawn = charts.bars([charts.Bar('<b>"A" & B</b>', 5)], label='a "b" <c>', language="id")
    assert ElementTree.fromstring(drawn).attrib["aria-label"] == 'a "b" <c>'
    assert "<b>" not in drawn


no_numbers = st.sampled_from([None, float("nan"), float("inf"), float("-inf")])
values = st.one_of(no_numbers, st.floats(-1e15, 1e15), st.integers(-(10**13), 10**13))
lists = st.lists(values, min_size=12, max_size=12)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20)


@given(lists, lists, words)
def test_any_data_gives_well_formed_xml_without_nan(first, second, name):
    drawn = [
        charts.radar(
            MONTHS, [charts.Series(name, first, "last"), charts.Series("t", second, "target")], label=name
        ),
        charts.bars([charts.Bar(name, *pair) for pair in zip(first, second, strict=True)], label=name),
        charts.line(MONTHS, [(name, first), ("b", second)], label=name, target=second[0]),
        charts.flow(first[:6], label=name, back=name),
        charts.monthly(MONTHS, first, second, label=name),
        charts.cumulative(MONTHS, first, second, label=name),
        charts.stackbar([(name, value) for value in first[:4]], label=name),
        charts.columns(MONTHS, first, label=name),
        charts.dumbbell(MONTHS, first, second, label=name),
        charts.tilemap(
            dict(zip(["JB", "JT", "JI", "BT"], first, strict=False)), label=name, names={"JB": name}
        ),
    ]
    for one in drawn:
        root = ElementTree.fromstring(one)
        for mark in root.iter():
            for key, value in mark.attrib.items():
                if key not in {"aria-label"}:
                    assert not re.search(r"\b(nan|inf)\b", value, re.IGNORECASE), (mark.tag, key, value)


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=2, max_size=13))
def test_a_line_has_a_mark_for_each_known_value_and_none_for_the_rest(series):
    drawn = charts.line([str(i) for i in range(len(series))], [("a", series)], label="x", top=100)
    known = sum(value is not None for value in series)
    assert len(re.findall("<circle", drawn)) == (known + 1 if known else 0)  # and one in the key
