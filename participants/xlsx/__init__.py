"""Read the cells of an .xlsx file as they stand, in one pass over its XML and without building a tree.

Office Open XML (ECMA-376) as far as a table needs it; a row costs a fraction of what openpyxl takes for it. What
a file may hold at most is for the caller to bound: nothing is read before it is asked for, and a document type,
which only attacks have, is refused.
"""

from participants.xlsx.book import Book
from participants.xlsx.cells import Formula, SheetCells

__all__ = ["Book", "Formula", "SheetCells"]
