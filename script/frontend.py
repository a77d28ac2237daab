"""Build static/dist/ from node_modules: kit.css, the fonts and the icons. Called by script/setup.

The fonts hold only the characters that Indonesian and English need, so that a phone on a slow line gets them
fast: one variable file for screens, one file per weight for PDFs (WeasyPrint is slow with a variable one).
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
DIST = ROOT / "static" / "dist"

CHARACTERS = {
    *range(0x20, 0x7F),
    *(0xA0, 0xA7, 0xB0, 0xB1, 0xB2, 0xB7, 0xD7, 0xE9),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2212),
}  # Figtree has no "≤" and no "≥": write words
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "rvrn"]


def main() -> int:
    (DIST / "fonts").mkdir(parents=True, exist_ok=True)
    build_kit(node=sys.argv[1])
    build_fonts()
    return build_icons()


def build_kit(node: str) -> None:
    command = [
        *(node, PACKAGES / "sass/sass.js", "--style=compressed", "--no-source-map", "--quiet-deps"),
        *("--silence-deprecation=import", f"--load-path={PACKAGES / 'bootstrap/scss'}"),
        *(ROOT / "static/scss/kit.scss", DIST / "kit.css"),
    ]
    subprocess.run(command, check=True)


def build_fonts() -> None:
    variable = TTFont(PACKAGES / "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2")
    instantiateVariableFont(variable, {"wght": (400, 700)}, inplace=True)
    save_subset(variable, "figtree-portal")
    for weight in (400, 500, 600, 700):
        static = TTFont(PACKAGES / f"@fontsource/figtree/files/figtree-latin-{weight}-normal.woff2")
        save_subset(static, f"figtree-{weight}")


def save_subset(font: TTFont, name: str) -> None:
    options = Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(DIST / "fonts" / f"{name}.woff2")


def build_icons() -> int:
    """Write {name: markup inside <svg>} of the icons that static/icons.txt names, one a line."""
    icons, missing = {}, []
    for name in (ROOT / "static/icons.txt").read_text().split():
        source = PACKAGES / f"@tabler/icons/icons/outline/{name}.svg"
        if source.exists():
            inner = re.search(r"<svg[^>]*>(.*)</svg>", source.read_text(), re.DOTALL)[1]
            inner = re.sub(r'<path stroke="none"[^>]*>', "", inner)  # an empty square around the drawing
            icons[name] = re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>")
        else:
            missing.append(name)
    (DIST / "icons.json").write_text(json.dumps(icons, indent=1, sort_keys=True) + "\n")
    if missing:
        print(f"static/icons.txt names no Tabler icon: {', '.join(missing)}", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
