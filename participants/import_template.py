"""The workbook an office fills in: headings the portal knows, lists to choose from, and an example."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from closedloop.core.sheets import SheetTable, book_bytes
from participants.models import LegalForm

# rows below the headings in which the lists are offered
ROOM = 2000
REFERENCE = "Referensi"
HEADERS = [
    "Nama Usaha",
    "Bentuk Usaha",
    "Nama Pemilik",
    "No. HP/WA",
    "Email",
    "NIB",
    "NPWP",
    "KBLI",
    "Tahun Berdiri",
    "Alamat",
    "Kab/Kota",
    "Provinsi",
    "Kode Pos",
    "Karyawan L",
    "Karyawan P",
    "Modal Usaha",
    "Omzet {year}",
    "Produk Utama",
    "Proses",
    "Sertifikat",
    "Setuju data diproses (Ya/Tidak)",
]
EXAMPLE = [
    "Sinar Contoh Teknik",
    "CV",
    "Wulan Contoh",
    "0812 3456 7890",
    "sinar@contoh.id",
    "",
    "",
    "25920",
    "2012",
    "Jl. Contoh No. 1",
    "Kab. Tegal",
    "Jawa Tengah",
    "52181",
    12,
    5,
    "750 juta",
    "1,5 M",
    "Braket mesin, Pelat dudukan",
    "Stamping",
    "ISO 9001",
    "Ya",
]


def template_sheet(regencies: Sequence[tuple[str, str]], processes: Sequence[str], *, year: int) -> bytes:
    """Return the .xlsx to fill in; `regencies` are (name, province), `year` is that of the yearly sales."""
    headers = [header.format(year=year) for header in HEADERS]
    forms = [str(label) for label in LegalForm.labels if label != LegalForm.INDIVIDUAL.label]
    provinces = sorted({province for _name, province in regencies})
    lists = [
        [name for name, _province in regencies],
        [province for _name, province in regencies],
        provinces,
        list(processes),
        forms,
        ["Ya", "Tidak"],
    ]
    longest = max(len(one) for one in lists)
    rows = [[one[index] if index < len(one) else None for one in lists] for index in range(longest)]
    named = [
        _("Kabupaten/kota"),
        _("Di provinsi"),
        _("Provinsi"),
        _("Proses"),
        _("Bentuk usaha"),
        _("Setuju"),
    ]
    offered = {
        "Kab/Kota": ("A", lists[0]),
        "Provinsi": ("C", provinces),
        "Proses": ("D", lists[3]),
        "Bentuk Usaha": ("E", forms),
        "Setuju data diproses (Ya/Tidak)": ("F", lists[5]),
    }
    choices = {
        headers.index(header): f"={REFERENCE}!${letter}$2:${letter}${len(values) + 1}"
        for header, (letter, values) in offered.items()
    }
    return book_bytes(
        [
            SheetTable("Pendaftaran", headers, [], choices=choices, room=ROOM),
            # on a sheet of its own, so that nobody registers the example
            SheetTable(_("Contoh"), headers, [EXAMPLE]),
            SheetTable(REFERENCE, named, rows),
        ]
    )
