"""The sheet that comes back: the registry as a workbook to be edited in Excel and imported again (J4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation

from closedloop.core.identifiers import masked
from closedloop.core.phone import display
from closedloop.core.sheets import SheetTable, book_bytes
from closedloop.regions.models import Province, Regency
from participants.export_columns import CODE, COLUMNS, IDENTITY, TRACE, VERSION, headers
from participants.models import Enterprise, EnterpriseKbli, Kbli, LegalForm, Process
from participants.roundtrip import trace_of

TITLE = "Data IKM"
# rows below the last one in which somebody may add an enterprise and is offered the same choices
ROOM = 200
CHOICES = {"legal_form": 0, "regency": 1, "province": 2, "kbli": 4, "consent": 5}


@dataclass(frozen=True)
class Shown:
    """Which personal numbers a sheet may hold in full; the others are cut to their last digits."""

    identity: bool = False
    phones: bool = False

    def masks(self) -> tuple[str, ...]:
        """The columns that are cut, and whose edits do not count therefore."""
        return (*(() if self.identity else IDENTITY), *(() if self.phones else ("phone",)))


def with_everything(enterprises):
    """Each with what its row in the sheet shows, in a fixed number of queries."""
    return enterprises.with_standing().prefetch_related(
        "processes",
        "people",
        "annual_figures",
        "consents",
        Prefetch("kbli_links", queryset=EnterpriseKbli.objects.select_related("kbli")),
    )


def export_sheet(enterprises: Iterable[Enterprise], shown: Shown) -> bytes:
    """Return the workbook: the data, what each column means, and the words to choose from.

    The rows need with_everything().
    """
    rows = list(enterprises)
    year = sales_year(rows)
    with translation.override("id"):
        lines = [line_of(one, year, shown) for one in rows]
        choices = choice_columns()
        hidden = {index for index, column in enumerate(COLUMNS) if column.key == TRACE}
        grey = {index for index, column in enumerate(COLUMNS) if not column.is_editable}
        grey |= {index for index, column in enumerate(COLUMNS) if column.key in shown.masks()}
        data = SheetTable(
            TITLE, headers(year), lines, frozenset(grey), frozenset(hidden), offered(choices), ROOM
        )
        return book_bytes([data, definitions(year, shown), choice_sheet(choices)])


def sales_year(rows: Sequence[Enterprise]) -> int:
    """Return the last year for which any of them told its sales, by default the last one that is over."""
    told = [one.year for row in rows for one in row.annual_figures.all() if one.annual_sales is not None]
    return max(told, default=timezone.localdate().year - 1)


def line_of(enterprise: Enterprise, year: int, shown: Shown) -> list[Any]:
    """Return the cells of one row in the order of the columns."""
    cells = cells_of(enterprise, year)
    for key in IDENTITY:
        if not shown.identity and cells[key]:
            cells[key] = masked(cells[key])
    if not shown.phones and cells["phone"]:
        cells["phone"] = masked(cells["phone"])
    kept = {name_of(key, year): value for key, value in cells.items()}
    cells[TRACE] = trace_of(enterprise.code, enterprise.version, kept, shown.masks())
    cells |= {CODE: enterprise.code, VERSION: enterprise.version}
    return [cells[column.key] for column in COLUMNS]


def name_of(key: str, year: int | None) -> str:
    """Return what a trace calls a column: sales are those of a year, and another year's are another thing."""
    return f"{key}:{year}" if key == "annual_sales" else key


def cells_of(enterprise: Enterprise, year: int | None) -> dict[str, Any]:
    """Return {column: value} of all columns but code, version and trace; what is unknown is None."""
    contact = contact_of(enterprise)
    present = enterprise.present
    figure = next((one for one in enterprise.annual_figures.all() if one.year == year), None)
    phone = (contact.phone if contact else "") or enterprise.phone
    email = (contact.email if contact else "") or enterprise.email
    in_force = any(
        one.purpose == "training" and one.withdrawn_at is None for one in enterprise.consents.all()
    )
    return {
        "name": enterprise.name,
        "legal_form": enterprise.get_legal_form_display(),
        "owner_name": contact.full_name if contact else None,
        "phone": display(phone) if phone else None,
        "email": email or None,
        "nib": enterprise.nib,
        "npwp": enterprise.npwp,
        "kbli": next((link.kbli.code for link in enterprise.kbli_links.all() if link.is_primary), None),
        "founded_year": enterprise.founded_year,
        "address": enterprise.address or None,
        "regency": enterprise.regency.name,
        "province": enterprise.regency.province.name,
        "postal_code": enterprise.postal_code or None,
        "employees_male": enterprise.employees_male,
        "employees_female": enterprise.employees_female,
        "capital": enterprise.capital,
        "annual_sales": figure.annual_sales if figure else None,
        "products": ", ".join(sorted(one.name for one in enterprise.products.all())) or None,
        "processes": ", ".join(sorted(one.name for one in enterprise.processes.all())) or None,
        "certificates": enterprise.certificates or None,
        "consent": "Ya" if in_force else None,
        "cohort": present.cohort.name if present else None,
        "status": present.get_status_display() if present else None,
        "status_since": present.status_since if present else None,
        "class_level": enterprise.get_class_level_display() if enterprise.class_level else None,
        "mentor": str(present.mentor) if present and present.mentor else None,
        "updated_at": timezone.localdate(enterprise.updated_at),
    }


def contact_of(enterprise: Enterprise):
    """Return the person whose name and numbers the row shows: the main contact, or nobody."""
    return next((one for one in enterprise.people.all() if one.is_primary and one.is_active), None)


def choice_columns() -> list[list[str]]:
    """Return the words to choose from, one list per column of their sheet."""
    return [
        [str(label) for label in LegalForm.labels],
        list(Regency.objects.order_by("name").values_list("name", flat=True)),
        list(Province.objects.order_by("name").values_list("name", flat=True)),
        list(Process.objects.offered().values_list("name", flat=True)),
        list(Kbli.objects.offered().filter(version="2020").values_list("code", flat=True)),
        ["Ya", "Tidak"],
    ]


def choice_sheet(columns: list[list[str]]) -> SheetTable:
    """Return the sheet with the words to choose from."""
    titles = ["Bentuk usaha", "Kab/Kota", "Provinsi", "Proses", "KBLI", "Persetujuan"]
    longest = max(map(len, columns))
    padded = [column + [None] * (longest - len(column)) for column in columns]
    return SheetTable("Pilihan", titles, zip(*padded, strict=True))


def offered(columns: list[list[str]]) -> dict[int, str]:
    """Return {column of the data: range of the words to choose from}."""
    return {
        index: f"=Pilihan!${'ABCDEF'[place]}$2:${'ABCDEF'[place]}${len(columns[place]) + 1}"
        for index, column in enumerate(COLUMNS)
        if (place := CHOICES.get(column.key)) is not None and columns[place]
    }


def definitions(year: int, shown: Shown) -> SheetTable:
    """Return the sheet that says what each column means and whether an edit of it counts."""
    rows = []
    for column, header in zip(COLUMNS, headers(year), strict=True):
        counts = column.is_editable and column.key not in shown.masks()
        rows.append(
            [
                header,
                column.meaning,
                "Ya" if counts else "Tidak, perubahannya diabaikan",
                "Ya" if column.is_required else "",
            ]
        )
    rows.append(["Sel yang dikosongkan", "Menghapus isinya di portal, kecuali kolom wajib.", "", ""])
    return SheetTable("Keterangan", ["Kolom", "Arti", "Boleh diubah", "Wajib"], rows)
