"""The colours of every chart, once. The same values stand as custom properties at the top of portal.css.

Marks carry them as presentation attributes: WeasyPrint applies no page style inside an SVG image, and the
content security policy of the pages forbids style attributes.
"""

INK = "#10212b"
INK_2 = "#4a5a65"
CONTROL = "#7b8993"
LINE_2 = "#c3ccd2"
LINE = "#dfe5e9"
SUNK = "#eef2f4"
PAPER = "#f5f7f8"
WHITE = "#ffffff"
BAJA = "#0e4f73"
BAJA_600 = "#17668f"
BAJA_MID = "#4f93b5"
BAJA_300 = "#8fbdd4"
BAJA_100 = "#e2eef4"
KUNYIT = "#f6b52c"
KUNYIT_600 = "#b06f00"
TRACK = "#e4ecf1"

FONT = "Figtree, system-ui, Roboto, sans-serif"

# Order of parts of a whole: lightness falls and rises clearly enough to be read in grey.
PARTS = (BAJA, BAJA_MID, BAJA_300, KUNYIT)

# colour, dash, width and marker of the lines of one chart; never more than four
LINES = (
    (BAJA, "", 2.5, "circle"),
    (BAJA_MID, "6 3", 1.8, "square"),
    (KUNYIT_600, "5 4", 1.8, "diamond"),
    (CONTROL, "2 3", 1.8, "triangle"),
)
