"""Which cell styles show a number as a moment (ECMA-376 part 1 §18.8)."""

import zipfile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from participants.xlsx.parts import elements


def date_styles(archive: zipfile.ZipFile, path: str | None) -> tuple[set[str], set[str]]:
    """Return the numbers of the cell styles that show a number as a moment, and those that show a duration."""
    formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    dates: set[str] = set()
    durations: set[str] = set()
    inside, count = False, 0
    for name, attributes in elements(archive, path) if path else ():
        if name == "numFmt":
            formats[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif name in ("cellXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            code = formats.get(attributes.get("numFmtId", "0"), "")
            if is_date_format(code):
                dates.add(str(count))
            if is_timedelta_format(code):
                durations.add(str(count))
            count += 1
    return dates, durations
