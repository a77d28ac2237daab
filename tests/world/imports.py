"""The imports of the access table, one at each step."""

from functools import cached_property
from io import BytesIO

from openpyxl import Workbook

from participants.actions import preview_import, receive_workbook, save_import

KNOWN = ["Nama Usaha", "Bentuk Usaha", "No. HP/WA", "Kab/Kota", "Setuju data diproses (Ya/Tidak)"]
ROW = ["Contoh Tempa", "CV", "0812 3456 7890", "Kab. Tegal", "Ya"]


def sheet(headers: list[str], *rows: list) -> BytesIO:
    """Return a workbook with one table."""
    book, buffer = Workbook(), BytesIO()
    for row in (headers, *rows):
        book.active.append(row)
    book.save(buffer)
    buffer.seek(0)
    return buffer


class ImportsWorld:
    @cached_property
    def uploaded_batch(self):
        """A workbook whose rows nobody has looked at yet."""
        file = sheet(KNOWN, ROW)
        return receive_workbook(file, self.cohort, by=self.staff, file_name="unggahan.xlsx")

    @cached_property
    def saved_batch(self):
        """An import that registered one enterprise."""
        file = sheet(KNOWN, ROW)
        batch = preview_import(file, self.cohort, by=self.staff, file_name="tersimpan.xlsx")
        return save_import(batch, by=self.staff)
