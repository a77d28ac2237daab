"""Workbooks that went another way: one saved to the wrong round and taken back, one whose columns nobody knows."""

from io import BytesIO

from closedloop.core.sheets import workbook_bytes
from closedloop.demonstration.imports import workbook
from closedloop.demonstration.show import Show, Story
from participants.actions import preview_import, receive_workbook, save_import, undo_import

FAIR = (
    ("Sarwo Teknik Roda", "Ud", "Sarwo Edhiyanto", "081200002101", "Kab. Sidoarjo", "Jawa Timur", 8, 1, "Pelek"),
    ("Anugrah Soket Jaya", "CV", "Lilis Rahmayanti", "081200002102", "Kab. Bekasi", "Jawa Barat", 5, 9, "Soket"),
)  # fmt: skip


def taken_back(show: Show) -> Story:
    """The guests of a fair were saved as registrations; an hour later the import is taken back."""
    yield show.at(6, "13.05")
    lines = []
    for number, (name, form, owner, phone, regency, province, men, women, product) in enumerate(FAIR):
        lines.append([
            show.at(8, "10.00").replace(tzinfo=None), name, form, owner, phone, "", f"99110022339{number:02d}", "",
            "30912", 2015, "Jl. Raya Industri", regency, province, "", men, women, "300 juta", "900 juta", product,
            "Perakitan", "-", "Ya",
        ])  # fmt: skip
    batch = preview_import(
        workbook(lines, year=show.today.year - 1),
        show.cast.cohorts["angkatan-6"],
        by=show.cast.users["petugas2"],
        file_name="tamu-pameran-komponen.xlsx",
    )
    yield show.at(6, "13.20")
    save_import(batch, by=show.cast.users["petugas2"])
    yield show.at(6, "14.25")
    undo_import(batch, by=show.cast.staff)


def unknown_columns(show: Show) -> Story:
    """A regional office sends its own list; somebody must say what its columns are."""
    yield show.at(1, "16.05")
    rows = [["Unit", "Penanggung jawab", "Kontak", "Wilayah"]]
    rows += [["Usaha Maju Pegas", "Rustam Effendy", "081200002111", "Kab. Bekasi"]]
    receive_workbook(
        BytesIO(workbook_bytes("Daftar", ["DAFTAR BINAAN"], rows)),
        show.cast.cohorts["angkatan-6"],
        by=show.cast.staff,
        file_name="daftar-binaan-dinas.xlsx",
    )
