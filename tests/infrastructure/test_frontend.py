"""What a phone downloads stays as small as the design promises (design §12), and every icon is there."""

import gzip
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static/dist"


def test_fonts_are_small():
    assert (DIST / "fonts/figtree-portal.woff2").stat().st_size < 12_000
    for weight in (400, 500, 600, 700):
        assert (DIST / f"fonts/figtree-{weight}.woff2").stat().st_size < 8_000


def test_kit_is_small_and_holds_what_forms_need():
    kit = (DIST / "kit.css").read_bytes()
    assert len(gzip.compress(kit)) < 10_000
    for name in (b".form-control", b".invalid-feedback", b".btn", b".alert", b".visually-hidden", b".row"):
        assert name in kit


def test_every_named_icon_was_built():
    icons = json.loads((DIST / "icons.json").read_text())
    assert sorted(icons) == sorted(set((ROOT / "static/icons.txt").read_text().split()))
    assert all(markup.startswith("<") and "<svg" not in markup for markup in icons.values())
