"""Write a large workbook quickly: the same parts as Excel writes, with shared texts."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
KINDS = {
    "xl/workbook.xml": "sheet.main",
    "xl/styles.xml": "styles",
    "xl/sharedStrings.xml": "sharedStrings",
    "xl/worksheets/sheet1.xml": "worksheet",
}


class Formula(str):
    """A text that is written as a formula."""


def workbook(rows: Iterable[Sequence[object]], *, title: str = "Pendaftaran") -> bytes:
    """Return an .xlsx file with one sheet of these rows."""
    texts: dict[str, int] = {}
    sheet = "".join(row_xml(number, row, texts) for number, row in enumerate(rows, 1))
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="application/'
        f'vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in KINDS.items()
    )
    members = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml", styles="styles.xml"
        ),
        "xl/styles.xml": f'{HEAD}<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f"{HEAD}<sst {MAIN}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f"{HEAD}<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>",
    }
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, xml in members.items():
            archive.writestr(name, xml)
    return content.getvalue()


def relations(**targets: str) -> str:
    """The relations of a part, each with its kind as its id."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f"{HEAD}<Relationships {PACKAGE}>{links}</Relationships>"


def row_xml(number: int, row: Sequence[object], texts: dict[str, int]) -> str:
    cells = "".join(
        cell_xml(f"{get_column_letter(column)}{number}", value, texts)
        for column, value in enumerate(row, 1)
        if value is not None
    )
    return f'<row r="{number}">{cells}</row>'


def cell_xml(place: str, value: object, texts: dict[str, int]) -> str:
    match value:
        case Formula():
            return f'<c r="{place}"><f>{escape(value[1:])}</f></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value!r}</v></c>'
        case datetime():
            return f'<c r="{place}" s="1"><v>{to_excel(value)!r}</v></c>'
    return f'<c r="{place}" t="s"><v>{texts.setdefault(str(value), len(texts))}</v></c>'
