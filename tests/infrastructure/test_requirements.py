"""Each package has its reason, and what is pinned can be fetched from any index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = ["requirements.txt", "requirements-dev.txt", "script/requirements-node.txt"]


def test_every_dependency_stands_under_its_reason():
    section = re.search(r"^dependencies = \[\n(.*?)^\]", (ROOT / "pyproject.toml").read_text(), re.M | re.S)[
        1
    ]
    lines = [line.strip() for line in section.splitlines()]
    for above, line in zip(["", *lines], lines, strict=False):
        assert line.startswith("#") or above.startswith("#"), f"{line} has no reason above it"


@pytest.mark.parametrize("name", PINNED)
def test_python_packages_are_pinned_by_content_not_by_address(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"://|^-|^\s*--(?!hash)", text, re.M)
    pins = re.findall(r"^[a-z0-9-]+==\S+", text, re.M)
    assert pins
    assert len(re.findall(r"==[^\n]*\\\n\s+--hash=sha256:", text)) == len(pins)


def test_front_end_packages_are_pinned_by_content_not_by_address():
    text = (ROOT / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "://" not in text
    assert text.count('"integrity"') >= 5
