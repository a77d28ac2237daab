"""The English catalogues follow the Indonesian words of the code."""

import gettext

import pytest
from django.core.management import call_command

from closedloop.core import translations

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
LABEL = gettext_lazy("Angkatan")
def words(n):
    return _("Simpan"), ngettext("%(n)d sesi", "%(n)d sesi", n), pgettext("bulan", "Mei"), _(f"{n}")
"""
TEMPLATE = """{% extends "base.html" %}
{% block content %}
      {% if a %}
  <p>{% translate "Belum ada sesi" %} don't (stumble) over 'quotes' [or {brackets
{% blocktranslate trimmed with name=a.name %}
    Dicetak oleh
    {{ name }}.
{% endblocktranslate %}
{% panel _("Judul panel") %}{% endpanel %}{% endif %}
{% endblock %}
"""


@pytest.fixture
def repository(settings, tmp_path):
    """A tiny repository of its own."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "trainings").mkdir()
    (tmp_path / "trainings" / "models.py").write_text(PYTHON)
    (tmp_path / "templates" / "trainings").mkdir(parents=True)
    (tmp_path / "templates" / "trainings" / "list.html").write_text(TEMPLATE)
    (tmp_path / "templates" / "base.html").write_text('{% translate "Bantuan" %}')
    return tmp_path


def translate(catalogue, **words):
    path = translations.po_path(catalogue)
    text = path.read_text()
    for source, english in words.items():
        source = source.replace("_", " ")
        assert f'msgid "{source}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{english}"')
    path.write_text(text)


def test_python_and_templates_feed_the_catalogue_of_their_app(repository):
    translations.update("trainings")
    text = translations.po_path("trainings").read_text()
    for word in [
        "Angkatan",
        "Simpan",
        "%(n)d sesi",
        "Belum ada sesi",
        "Dicetak oleh %(name)s.",
        "Judul panel",
    ]:
        assert f'"{word}"' in text
    assert 'msgctxt "bulan"\nmsgid "Mei"' in text
    assert "Bantuan" not in text
    translations.update("closedloop")
    assert 'msgid "Bantuan"' in translations.po_path("closedloop").read_text()


def test_an_update_keeps_translations_drops_the_obsolete_and_then_changes_nothing(repository):
    translations.update("trainings")
    translate("trainings", Simpan="Save", Angkatan="Cohort")
    (repository / "trainings" / "models.py").write_text(PYTHON.replace('gettext_lazy("Angkatan")', "1"))
    assert translations.update("trainings")
    text = translations.po_path("trainings").read_text()
    assert 'msgid "Simpan"\nmsgstr "Save"' in text
    assert "Angkatan" not in text
    assert not translations.update("trainings")


def test_a_word_known_in_another_catalogue_is_not_asked_for_again(repository):
    (repository / "templates" / "base.html").write_text('{% translate "Simpan" %}')
    translations.update("closedloop")
    translate("closedloop", Simpan="Save")
    translations.update("trainings")
    assert 'msgid "Simpan"\nmsgstr "Save"' in translations.po_path("trainings").read_text()


def test_the_file_names_no_date_line_or_person(repository):
    translations.update("trainings")
    text = translations.po_path("trainings").read_text()
    assert not any(word in text for word in ["Date", "#:", "Translator", "Generated", "EMAIL"])


def test_check_names_what_is_missing_and_stops(repository, capsys):
    call_command("translations", "trainings")
    translate("trainings", Simpan="Save")
    with pytest.raises(SystemExit) as stop:
        call_command("translations", "trainings", "--check")
    said = capsys.readouterr().out
    assert stop.value.code == 1
    assert "trainings: no English words: 'Angkatan'" in said
    assert "Simpan" not in said


def test_check_finds_a_stale_catalogue(repository):
    translations.update("trainings")
    (repository / "trainings" / "models.py").write_text("")
    assert translations.Problem("trainings", "Angkatan", "no longer in the code") in translations.problems(
        "trainings"
    )


def test_check_finds_a_lost_placeholder(repository):
    (repository / "trainings" / "models.py").write_text('_("Halo %(name)s")')
    translations.update("trainings")
    path = translations.po_path("trainings")
    path.write_text(
        path.read_text().replace('msgid "Halo %(name)s"\nmsgstr ""', 'msgid "Halo %(name)s"\nmsgstr "Hi"')
    )
    assert translations.Problem("trainings", "Halo %(name)s", "placeholders differ") in translations.problems(
        "trainings"
    )


def test_compiling_gives_django_the_words_and_leaves_the_untranslated_out(repository):
    translations.update("trainings")
    translate("trainings", Simpan="Save")
    with translations.compile_catalogue("trainings").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert english.gettext("Simpan") == "Save"
    assert english.gettext("Angkatan") == "Angkatan"
    assert translations.compile_catalogue("assessments") is None
