"""The word "realisasi" never stands without saying which figure it means (features.md E7)."""

import re
from pathlib import Path

from babel.messages import pofile

import partnerships

HERE = Path(partnerships.__file__).parent
FIGURES = re.compile(r"dijanjikan|dipesan|dikirim|diterima baik|ditagih|dibayar", re.IGNORECASE)


def test_realisasi_always_says_which_figure():
    with (HERE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = pofile.read_po(file)
    words = [
        text
        for message in catalogue
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    ]
    said = [text for text in words if "realisasi" in text.lower()]
    assert said
    assert [text for text in said if not FIGURES.search(text)] == []
