"""Files that a reader must refuse, and sheets without people inside good files."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from salawaku.demo.lists.cells import Cell
from salawaku.demo.lists.city import City
from salawaku.demo.lists.grid import Grid
from salawaku.demo.lists.truth import Truth
from salawaku.demo.lists.writers import write_grids

LETTER = (
    "PEMERINTAH KOTA AMBON",
    "Nomor : 000/01/2026",
    "Perihal : Pengantar data pekerja rentan",
    "Dengan hormat, bersama ini kami kirimkan data pekerja rentan yang akan diusulkan.",
    "Data akan menyusul lewat kurir karena jaringan terganggu.",
    "Demikian disampaikan, atas perhatiannya diucapkan terima kasih.",
)


def write_special(city: City, folder: Path, kinds: tuple[str, ...], truth: Truth, rng: random.Random) -> None:
    """Write one file of each kind; all of them are to be refused whole."""
    makers = {
        "nik_precision_lost": ("nik-angka.xlsx", _precision_lost),
        "empty": ("kosong.xlsx", _empty),
        "no_header": ("surat-pengantar.xlsx", _letter),
        "unreadable": ("terpotong.xlsx", _unreadable),
        "repeated": ("salinan.xlsx", _copy_first),
    }
    first = next((name for name in truth.order if truth.files.get(name)), None)
    for kind in kinds:
        ending, make = makers[kind]
        if kind == "repeated" and first:
            ending = "salinan" + Path(first).suffix
        name = f"{900 + len(truth.order):03d}-{ending}"
        make(city, folder / name, folder / (first or ""), rng)
        truth.order.append(name)
        truth.file_status[name] = {"status": "refused", "codes": [f"file.{kind}"]}


def _precision_lost(city: City, path: Path, first: Path, rng: random.Random) -> None:
    """NIKs kept as numbers: a spreadsheet has turned each last digit into 0."""
    grid = Grid("Sheet1")
    grid.rows.append(["NIK", "NAMA", "TGL LAHIR", "JK", "PEKERJAAN"])
    for person in rng.sample(city.people, min(60, len(city.people))):
        word = city.occupations[person.occupation].words[0]
        sex = "L" if person.sex == "M" else "P"
        number = int(person.nik) // 10 * 10
        grid.rows.append([number, person.name.upper(), person.birth.isoformat(), sex, word])
    write_grids(path, [grid])


def _empty(city: City, path: Path, first: Path, rng: random.Random) -> None:
    write_grids(path, [Grid("Sheet1")])


def _letter(city: City, path: Path, first: Path, rng: random.Random) -> None:
    grid = Grid("Surat", rows=[[line] for line in LETTER])
    write_grids(path, [grid])


def _unreadable(city: City, path: Path, first: Path, rng: random.Random) -> None:
    """The head of a workbook and then rubbish, as a broken upload leaves it."""
    path.write_bytes(b"PK\x03\x04" + rng.randbytes(3000))


def _copy_first(city: City, path: Path, first: Path, rng: random.Random) -> None:
    shutil.copyfile(first, path)


def extra_sheet(kind: str, city: City, rng: random.Random) -> Grid:
    """A sheet of notes or sums; nobody stands on it."""
    if kind == "empty":
        return Grid("Sheet2")
    if kind == "notes":
        lines = ("PETUNJUK PENGISIAN", "1. NIK diisi 16 angka", "2. Tanggal lahir: hari-bulan-tahun", "3. JK: L/P")
        return Grid("Petunjuk", rows=[[line] for line in lines], noise=len(lines))
    rows: list[list[Cell]] = [
        ["REKAPITULASI"],
        [],
        ["NO", "DESA/NEGERI/KELURAHAN", "LAKI-LAKI", "PEREMPUAN", "JUMLAH"],
    ]
    for number, village in enumerate(city.villages[:12], 1):
        men, women = rng.randint(5, 90), rng.randint(5, 90)
        rows.append([number, village.name, men, women, men + women])
    return Grid("Rekap", rows=rows, noise=len(rows) - 1)
