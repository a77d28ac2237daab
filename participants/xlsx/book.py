"""A workbook: its sheets, and what all of them share."""

import zipfile

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from participants.xlsx.parts import elements, relations, shared_strings
from participants.xlsx.styles import date_styles


class Book:
    """An opened workbook: its sheets by title, in the order people see."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive = archive
        path = next(
            target for kind, target in relations(archive, "").values() if kind.endswith("/officeDocument")
        )
        parts = relations(archive, path)
        self.sheets: dict[str, str] = {}
        self.epoch = CALENDAR_WINDOWS_1900
        for name, attributes in elements(archive, path):
            if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.epoch = CALENDAR_MAC_1904
            if name == "sheet":
                key = next(value for key, value in attributes.items() if key.endswith(":id"))
                kind, target = parts.get(key, ("", ""))
                if kind.endswith("/worksheet"):
                    self.sheets[attributes["name"]] = target
        by_kind = {kind.rpartition("/")[2]: target for kind, target in parts.values()}
        self.strings = shared_strings(archive, by_kind.get("sharedStrings"))
        self.dates, self.durations = date_styles(archive, by_kind.get("styles"))
