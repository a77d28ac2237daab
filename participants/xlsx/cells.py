"""The cells of one sheet, row by row (ECMA-376 part 1 §18.3)."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import from_excel

from participants.xlsx.book import Book
from participants.xlsx.parts import CHUNK, parser_of, unescaped

COLUMN_OF = {get_column_letter(number): number - 1 for number in range(1, 703)}


class Formula(str):
    """The text of a cell that holds a real formula, whose value nobody here can know."""

    __slots__ = ()


class SheetCells:
    """The rows of one sheet, parsed as they are asked for."""

    def __init__(self, book: Book, title: str, *, columns: int):
        """Cells right of the first `columns` count for the width of their row, but are not kept."""
        self.book = book
        self.member = book.archive.getinfo(book.sheets[title])
        self.columns = columns
        self.declared = (0, 0)  # rows and columns as the file has it, which may be wrong
        self.read = 0
        self.ready: list[tuple[int, int, list]] = []
        self.collecting: list[str] | None = None
        self.number, self.column, self.width = 0, -1, 0
        self.cells: list = []

    def rows(self) -> Iterator[tuple[int, int, list]]:
        """Yield (number of the row, its width, its cells) for the rows that stand in the file, in order."""
        parser = parser_of(self.start, self.end)
        parser.CharacterDataHandler = self.characters
        with self.book.archive.open(self.member) as file:
            while chunk := file.read(CHUNK):
                self.read += len(chunk)
                parser.Parse(chunk)
                ready, self.ready = self.ready, []
                yield from ready
            parser.Parse(b"", True)

    @property
    def share(self) -> float:
        """How much of the sheet has been read, from 0 to 1."""
        return self.read / max(self.member.file_size, 1)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.start_cell(attributes)
        elif name == "v" or name == "t":
            self.collecting = self.text
        elif name == "f":
            self.formula = []
            self.collecting = self.formula
        elif name == "row":
            self.start_row(attributes)
        elif name == "rPh":
            self.told, self.text = self.text, []  # how to pronounce a text is not part of it
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)
        elif name == "dimension":
            self.declared = coordinate_to_tuple(attributes["ref"].rpartition(":")[2])

    def end(self, name: str) -> None:
        if name == "c":
            self.end_cell()
        elif name == "v" or name == "t" or name == "f":
            self.collecting = None
        elif name == "row":
            self.ready.append((self.number, self.width, self.cells))
        elif name == "rPh":
            self.text = self.told
        elif ":" in name:
            self.end(name.rpartition(":")[2])

    def characters(self, text: str) -> None:
        if self.collecting is not None:
            self.collecting.append(text)

    def start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self.number + 1))
        if number <= self.number:
            raise ValueError("rows out of order")
        self.number, self.column, self.width = number, -1, 0
        self.cells = []

    def start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = COLUMN_OF.get(letters)
            self.column = coordinate_to_tuple(f"{letters}1")[1] - 1 if column is None else column
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "0")
        self.text: list[str] = []
        self.formula: list[str] | None = None

    def end_cell(self) -> None:
        if self.formula is not None:
            value: object = Formula("=" + "".join(self.formula))
        elif self.text:
            value = self.value("".join(self.text))
        else:
            return
        column = self.column
        self.width = max(self.width, column + 1)
        if column < self.columns:
            missing = column - len(self.cells)
            if missing >= 0:
                self.cells += [None] * missing
                self.cells.append(value)
            else:
                self.cells[column] = value

    def value(self, text: str) -> object:
        """Return what the text of the cell means by the cell's kind and, for numbers, its style."""
        kind = self.kind
        if kind == "s":
            return self.book.strings[int(text)]
        if kind == "n":
            number = float(text) if "." in text or "e" in text or "E" in text else int(text)
            return self.moment(number) if self.style in self.book.dates else number
        if kind == "b":
            return text != "0"
        if kind == "d":
            with suppress(ValueError):
                return datetime.fromisoformat(text.removesuffix("Z"))
        return unescaped(text)

    def moment(self, number: float) -> object:
        """Return the moment a number stands for; one outside the calendar is shown as Excel shows it."""
        try:
            return from_excel(number, self.book.epoch, timedelta=self.style in self.book.durations)
        except (OverflowError, ValueError):
            return "#VALUE!"
