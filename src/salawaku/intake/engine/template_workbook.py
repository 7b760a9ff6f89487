"""The empty list that a sender fills in: headings the reader knows, drop-downs, numbers kept as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

ROWS = 1_000
HEAD = 3  # the heading's row, counted from 0; above it stand the title and the sender
SHEET, GUIDE, CHOICES = "Daftar", "Petunjuk", "Pilihan"
SEXES = ("L", "P")


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: int
    hint: str
    digits: int = 0
    choices: str = ""


COLUMNS = (
    _Column("NIK", 20, "16 angka sesuai KTP.", digits=16),
    _Column("Nama lengkap", 30, "Nama sesuai KTP, tanpa gelar."),
    _Column("Tempat lahir", 18, "Kota atau kabupaten, misalnya Ambon."),
    _Column("Tanggal lahir", 14, "Hari-bulan-tahun, misalnya 12-03-1980."),
    _Column("Jenis kelamin", 14, "L untuk laki-laki, P untuk perempuan.", choices="sex"),
    _Column("Pekerjaan", 30, "Pilih dari daftar; bila tidak ada, tulis pekerjaannya.", choices="occupation"),
    _Column("Alamat", 32, "Jalan atau dusun."),
    _Column("RT/RW", 10, "Misalnya 002/004."),
    _Column("Desa/Negeri/Kelurahan", 28, "Pilih dari daftar; kosong berarti wilayah pengirim.", choices="village"),
    _Column("No. KK", 20, "16 angka sesuai Kartu Keluarga.", digits=16),
    _Column("No. HP", 16, "Mulai dengan 0, misalnya 081234567890. Boleh kosong."),
)
GUIDANCE = (
    "Isi lembar “Daftar”, satu orang satu baris, mulai di bawah judul kolom.",
    "Yang wajib: NIK, nama lengkap, tanggal lahir, pekerjaan, dan desa/negeri/kelurahan.",
    "NIK, No. KK, dan No. HP sudah berformat Teks: angka 0 di depan dan 16 angka NIK tetap utuh.",
    "Bila menyalin dari berkas lain, pilih Tempel Khusus → Nilai, supaya format Teks tidak berubah.",
    "Jangan mengubah judul kolom. Kolom tambahan di sebelah kanan boleh; kolom itu tidak dibaca.",
    "Simpan sebagai .xlsx, lalu unggah di halaman Daftar. Tidak ada yang masuk ke data sebelum diperiksa.",
)


def write_template(target: Path, *, sender: str, villages: Sequence[str], occupations: Sequence[str]) -> None:
    """Write the empty list of one sender; it holds no person and no example row."""
    book = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    try:
        formats = _formats(book)
        sheet = book.add_worksheet(SHEET)
        choices = {"sex": list(SEXES), "occupation": list(occupations), "village": list(villages)}
        _guide(book, formats)
        ranges = _choices(book, choices)
        _list(sheet, formats, sender, ranges)
    finally:
        book.close()


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"num_format": "@"}),
        "head": book.add_format(
            {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B4650", "text_wrap": True, "valign": "vcenter"}
        ),
        "guide": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _list(sheet: Any, formats: dict[str, Any], sender: str, ranges: dict[str, str]) -> None:
    sheet.write_string(0, 0, "Daftar pekerja rentan", formats["title"])
    sheet.write_string(1, 0, f"Pengirim: {sender}")
    sheet.set_row(HEAD, 30)
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, formats["text"])
        sheet.write_string(HEAD, number, column.heading, formats["head"])
        sheet.data_validation(HEAD + 1, number, HEAD + ROWS, number, _rule(column, number, ranges))
    sheet.freeze_panes(HEAD + 1, 2)
    sheet.activate()


def _rule(column: _Column, number: int, ranges: dict[str, str]) -> dict[str, Any]:
    """A drop-down, a length, or only a hint. Nothing is forbidden: what is unusual is told when the list is read."""
    told = {"input_title": column.heading[:32], "input_message": column.hint, "error_type": "warning"}
    if column.choices and ranges.get(column.choices):
        error = {"error_title": "Tidak ada di pilihan", "error_message": "Tetap pakai isian ini?"}
        return {"validate": "list", "source": ranges[column.choices], **told, **error}
    if column.digits:
        error = {"error_title": "Periksa lagi", "error_message": f"Seharusnya {column.digits} angka. Tetap pakai?"}
        return {"validate": "length", "criteria": "equal to", "value": column.digits, **told, **error}
    return {"validate": "any", **told}


def _guide(book: Any, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 90, formats["guide"])
    sheet.write_string(0, 0, "Petunjuk mengisi", formats["title"])
    for number, line in enumerate(GUIDANCE, 2):
        sheet.write_string(number, 0, f"{number - 1}. {line}")
    for number, column in enumerate(COLUMNS, len(GUIDANCE) + 3):
        sheet.write_string(number, 0, f"{column.heading}: {column.hint}")


def _choices(book: Any, choices: dict[str, list[str]]) -> dict[str, str]:
    """Drop-downs longer than 255 letters need cells of their own, on a sheet nobody has to see."""
    sheet = book.add_worksheet(CHOICES)
    sheet.very_hidden()
    ranges = {}
    for column, (name, values) in enumerate(choices.items()):
        sheet.write_column(0, column, values)
        if values:
            letter = "ABC"[column]
            ranges[name] = f"={CHOICES}!${letter}$1:${letter}${len(values)}"
    return ranges
