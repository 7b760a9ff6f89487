"""One sheet as a grid of cells: letterhead, header, rows, interruptions, totals, signatures."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from salawaku.demo.lists.cells import Cell, Formula, Pen
from salawaku.demo.lists.city import City
from salawaku.demo.lists.faults import Entry
from salawaku.demo.lists.layouts import Layout, Sender

Merge = tuple[int, int, int, int]
# What careful offices write below a heading, to say how the column is to be filled.
HINTS: dict[str, Cell] = {
    "nik": "(16 angka)",
    "name": "(sesuai KTP)",
    "birth_date": "(tgl-bln-thn)",
    "sex": "(L/P)",
    "income": "(Rp)",
    "age": "(tahun)",
}


@dataclass
class Grid:
    """The cells of a sheet, and which row (counted from 1, as a spreadsheet shows it) holds which entry."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    entries: dict[int, Entry] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    noise: int = 0

    def add_noise(self, cells: list[Cell]) -> None:
        """A row that is not a person."""
        self.rows.append(cells)
        self.noise += any(cell is not None for cell in cells)


class Sheet:
    """Builds the grid of one sheet."""

    def __init__(self, city: City, sender: Sender, layout: Layout, rng: random.Random) -> None:
        self.city, self.sender, self.layout, self.rng = city, sender, layout, rng
        self.pen = Pen(city, layout, rng)

    def build(self, name: str, place: str, entries: list[Entry]) -> Grid:
        """A sheet of this name whose letterhead names `place`."""
        grid = Grid(name)
        layout = self.layout
        for _ in range(layout.top):
            grid.rows.append([])
        self._letterhead(grid, place)
        self._header(grid, merged=True)
        self._numbering(grid)
        for number, entry in enumerate(entries, 1):
            self._interrupt(grid, number)
            self._entry(grid, number, entry)
        self._ending(grid, place, len(entries))
        return grid

    def _line(self, text: Cell, at: int = 0) -> list[Cell]:
        return [None] * (self.layout.left + at) + [text]

    def _letterhead(self, grid: Grid, place: str) -> None:
        lines = letterhead(self.layout.letterhead, self.sender, place, self.city)
        for line in lines:
            if self.layout.letterhead == "office" and self.layout.file == "xlsx":
                width = len(self.layout.columns)
                at, left = len(grid.rows), self.layout.left
                grid.merges.append((at, left, at, left + width - 1))
            cells = line if isinstance(line, list) else [line]
            grid.add_noise([None] * self.layout.left + cells)
        if lines:
            grid.rows.append([])

    def _header(self, grid: Grid, *, merged: bool) -> None:
        columns, left, top = self.layout.columns, self.layout.left, len(grid.rows)
        pad: list[Cell] = [None] * left
        if not self.layout.two_rows:
            grid.add_noise(pad + [column.heading for column in columns])
            return
        upper: list[Cell] = []
        for at, column in enumerate(columns):
            begins = column.group and (at == 0 or columns[at - 1].group != column.group)
            upper.append(column.group if begins else None if column.group else column.heading)
        grid.add_noise(pad + upper)
        grid.add_noise(pad + [column.heading if column.group else None for column in columns])
        if merged and self.layout.file != "csv":
            grid.merges += _header_merges([column.group for column in columns], top, left)

    def _numbering(self, grid: Grid) -> None:
        if not self.layout.numbering:
            return
        if self.layout.numbering == "hints":
            grid.add_noise([None] * self.layout.left + [HINTS.get(c.kind) for c in self.layout.columns])
            return
        count = range(1, len(self.layout.columns) + 1)
        brackets = self.layout.numbering == "brackets"
        cells: list[Cell] = [f"({n})" if brackets else n for n in count]
        grid.add_noise([None] * self.layout.left + cells)

    def _interrupt(self, grid: Grid, number: int) -> None:
        """Repeated headers, empty rows and subtotals between the rows."""
        layout, done = self.layout, number - 1
        if not done:
            return
        if layout.subtotal_every and done % layout.subtotal_every == 0:
            grid.add_noise([*self._line(f"Sub Total {done // layout.subtotal_every}"), layout.subtotal_every])
        if layout.empty_every and done % layout.empty_every == 0:
            grid.rows.append([None] * len(layout.columns))
        if layout.repeat_header and done % layout.repeat_header == 0:
            self._header(grid, merged=True)

    def _entry(self, grid: Grid, number: int, entry: Entry) -> None:
        layout = self.layout
        cells = [self.pen.cell(column.kind, entry, number) for column in layout.columns]
        row = len(grid.rows) + 1
        if layout.formulas and layout.columns[0].kind == "no":
            cells[0] = Formula(f"=ROW()-{row - number}", number)
        grid.rows.append([None] * layout.left + cells)
        grid.entries[row] = entry
        if self.rng.random() < layout.hidden_share:
            grid.hidden.add(row)

    def _ending(self, grid: Grid, place: str, count: int) -> None:
        if self.layout.columns[0].kind == "no":
            # Numbers filled in beforehand for people who never came: nobody stands there.
            for extra in range(1, self.layout.prefilled + 1):
                grid.add_noise(self._line(count + extra))
        if self.layout.total:
            label = self.rng.choice(("JUMLAH", "TOTAL", "Jumlah", "Jumlah Total", "Total Keseluruhan"))
            shape = self.rng.random()
            if shape < 0.6:
                grid.add_noise([*self._line(label), count])
            elif shape < 0.8:
                grid.add_noise(self._line(f"{label} : {count} orang", 1))
            else:
                grid.add_noise([*self._line(label, 1), None, f"{count} orang"])
        if self.layout.footnote:
            grid.add_noise(self._line("*) Data ini benar dan dapat dipertanggungjawabkan"))
            grid.add_noise(self._line("Catatan: NIK sesuai KTP elektronik", 1))
        if self.layout.signature:
            grid.rows.append([])
            for line in signature(self.sender, place, self.rng):
                grid.add_noise(self._line(line, 2) if line else [])


def _header_merges(groups: list[str], top: int, left: int) -> list[Merge]:
    """Merged cells of a header of two rows: groups lie across, all others go down."""
    merges: list[Merge] = []
    at = 0
    while at < len(groups):
        end = at
        while groups[at] and end + 1 < len(groups) and groups[end + 1] == groups[at]:
            end += 1
        if not groups[at]:
            merges.append((top, left + at, top + 1, left + at))
        elif end > at:
            merges.append((top, left + at, top, left + end))
        at = end + 1
    return merges


def letterhead(style: str, sender: Sender, place: str, city: City) -> list[Cell | list[Cell]]:
    """The lines above the table. `place` names the village, or is empty for a list of many villages."""
    village = sender.village
    office = sender.title.upper()
    subject = "DAFTAR USULAN PEKERJA RENTAN TAHUN 2026"
    if style == "":
        return []
    if style == "line":
        return [f"Data Pekerja Informal {(place or sender.title).upper()}"]
    if style == "labels":
        labels: list[Cell | list[Cell]] = ["DATA PEKERJA BUKAN PENERIMA UPAH"]
        if place:
            labels.append(["Desa/Negeri/Kelurahan", f": {place}"])
        if village:
            labels.append(["Kecamatan", f": {village.district}"])
        if not village:
            labels.append(["Instansi", f": {sender.title}"])
        return [*labels, ["Kota", ": Ambon"], ["Bulan", ": Januari 2026"]]
    district = [f"KECAMATAN {village.district.upper()}"] if village else []
    named = place.upper() if place else office
    if style == "office":
        address = "Jalan Contoh Raya No. 1 Telp. (0911) 000000 Kode Pos 97000"
        return ["PEMERINTAH KOTA AMBON", *district, named, address, None, subject]
    return ["PEMERINTAH KOTA AMBON", *district, subject, named]


def signature(sender: Sender, place: str, rng: random.Random) -> list[Cell]:
    """The block of the head of the village or office, with nobody's name."""
    role = "Kepala Dinas" if sender.agency else rng.choice(("Raja/Kepala Desa", "Lurah", "Pj. Kepala Desa"))
    bare = sender.village.name if sender.village else ""
    dated = rng.choice(("Ambon, 12 Januari 2026", "Ambon,      Januari 2026", None))
    return [
        dated,
        "Mengetahui,",
        f"{role} {bare}".strip(),
        None,
        None,
        rng.choice(("______________________", "(..............................)", None)),
        "NIP. 19700101 199503 1 002",
    ]
