"""A second workbook of the same office: its habits, with other rows, other columns and other headers.

`ROWS` says for each row what stands in it and what is right. As in the office's first workbook the truth is
written down beside the sheet and not computed by what is tested.
"""

from datetime import datetime
from io import BytesIO

import openpyxl

HEADERS = [
    "Stempel Waktu",
    "Kabupaten / Kota",
    "Propinsi",
    "NAMA PERUSAHAAN",
    "Badan Usaha",
    "Nomor Induk Berusaha (NIB)",
    "No. NPWP",
    "Nomor WA",
    "Narahubung",
    "Omset Tahun 2024 (Rp)",
    "Modal",
    "Tenaga Kerja (Laki-laki)",
    "Tenaga Kerja (Perempuan)",
    "Hobi",
    "Jenis Produk",
    "Proses Produksi",
    "Kode KBLI",
    "Thn. Berdiri",
    "Persetujuan Data",
]
DAY = datetime(2025, 2, 3, 9, 15)
GOOD = {"outcome": "new", "phone": "+6281298765432", "regency": "33.28", "annual_sales": 1_500_000_000}

# the cells in the order of HEADERS, and what is right: outcome, values, or the field and code of the fault
ROWS: list[tuple[list, dict]] = [
    ([DAY, "Kab. Tegal", "Jateng", "CV. SUMBER LOGAM", "CV", "9120304506078", "10.000.016.5-015.000",
      "0812-9876-5432", "Sri", "1,5 M", "750 juta", 4.0, 2.0, "catur", "Engsel", "Stamping", 25920.0, 2009.0, "Ya"],
     GOOD | {"name": "Sumber Logam", "nib": "9120304506078", "npwp": "0100000165015000", "capital": 750_000_000,
             "employees": 6, "legal_form": "cv"}),
    # numbers that lost their first zeros, a phone as a float, the kind behind the name
    ([DAY, "Bekasi, Kota", " jawa  barat", "Mitra Presisi, PT", "PT", 120304506079.0, 10000024906000.0,
      81398765433.0, "Budi", "Rp 1.250.000.000,-", 3_400_000_000.0, 12, None, None, "Jig; dies", "cnc", "25952", None,
      "ya"],
     {"outcome": "new", "name": "Mitra Presisi", "legal_form": "pt", "nib": "0120304506079",
      "npwp": "0010000024906000", "phone": "+6281398765433", "regency": "32.75", "annual_sales": 1_250_000_000,
      "capital": 3_400_000_000, "employees": 12}),
    ([None] * 19, {}),
    ([DAY, "Jakarta Timur", "DKI", "  UD  maju   jaya ", "UD", None, None, "62 813-1111-2222", "Slamet", "tidak tahu",
      "-", None, 3, None, "Baut", "bubut/CNC", None, "2015", "Setuju"],
     {"outcome": "new", "name": "maju jaya", "legal_form": "ud", "nib": None, "npwp": None,
      "phone": "+6281311112222", "regency": "31.75", "annual_sales": None, "capital": None, "employees": 3}),
    ([DAY, "Kab. Tegal", "Jateng", "=D7", "CV", "9120304506081", None, "081298765434", "Rina", "2 M", "1 M",
      1, 1, None, "Baut", "Stamping", 25920, 2011, "Ya"],
     {"outcome": "error", "field": "name", "code": "formula"}),
    ([DAY, "Tegal", "Jateng", "Cahaya Teknik", "CV", "9120304506082", None, "081298765435", "Rina", "2 M", "1 M",
      1, 1, None, "Baut", "Stamping", 25920, 2011, "Ya"],
     {"outcome": "error", "field": "regency", "code": "ambiguous_regency"}),
    ([DAY, "Kab. Tegal", "Jateng", "Bintang Plastik", "CV", "9120304506083", None, "081298765436", "Rina", "1.500",
      "1 M", 1, 1, None, "Baut", "Stamping", 25920, 2011, "Ya"],
     {"outcome": "error", "field": "annual_sales", "code": "ambiguous"}),
    ([DAY, "Kab. Tegal", "Jateng", "Bintang Karet", "CV", "9120304506084", None, "081298765437", "Rina", "2 M",
      "1 M", 1, 1, None, "Baut", "Stamping", 25920, 2011, None],
     {"outcome": "error", "field": "consent", "code": "consent_unclear"}),
    # the same NIB with dashes, under another name
    ([DAY, "Kab. Tegal", "Jateng", "Toko Logam", "CV", "9120-3045-06078", None, "081298765438", "Ani", "3 M", "1 M",
      1, 1, None, "Baut", "Stamping", 25920, 2011, "Ya"],
     {"outcome": "duplicate"}),
    # one letter off in the same regency
    ([DAY, "KABUPATEN TEGAL", "Jawa Tengah", "Sumber Logm", "CV", "9120304506086", None, "081298765439", "Ani", "3 M",
      "1 M", 1, 1, None, "Baut", "Stamping", 25920, 2011, "Ya"],
     {"outcome": "possible_duplicate"}),
]  # fmt: skip


def content() -> bytes:
    """The workbook: two merged title rows, headers in row 4, a blank row in the middle, two other sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Data Masuk"
    sheet["A1"] = "DATA IKM — Dinas Perindustrian"
    sheet.merge_cells("A1:S1")
    sheet["A2"] = "Isi lengkap nama usaha dan NIB"
    sheet.merge_cells("A2:S2")
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(4, column, header)
    for number, (cells, _truth) in enumerate(ROWS, 5):
        for column, value in enumerate(cells, 1):
            sheet.cell(number, column, value)
    book.create_sheet("Referensi", 0).append(["Kode", "Nama Usaha"])
    book.create_sheet("Rekap").append(["Kab/Kota", "Jumlah"])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
