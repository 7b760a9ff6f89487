"""Cells as people fill them: one spelling of a value after the layout's habits."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from salawaku.demo.lists import names
from salawaku.demo.lists.city import City, Village
from salawaku.demo.lists.faults import Entry
from salawaku.demo.lists.layouts import SEXES, Layout

LONG = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
OLD = tuple({"Februari": "Pebruari", "November": "Nopember"}.get(month, month) for month in LONG)
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
MIXED_DATES = ("d-m-Y", "d/m/Y", "d/m/y", "iso", "words", "WORDS", "excel", "d-m-y")
KINDS = {
    "negeri": ("Negeri {}", "NEGERI {}", "Ngr. {}", "Negri {}", "Desa {}"),
    "desa": ("Desa {}", "DESA {}", "Ds. {}", "Desa/Negeri {}"),
    "kelurahan": ("Kelurahan {}", "KELURAHAN {}", "Kel. {}", "Kel {}"),
}
PLACE_SPELLINGS = {
    "Hutumury": ("Hutumuri",),
    "Hunuth/Durian Patah": ("Hunuth", "Durian Patah"),
    "Batu Merah": ("Batumerah", "Bt. Merah"),
    "Rumah Tiga": ("Rumahtiga",),
}


@dataclass(frozen=True)
class Formula:
    """A formula cell with the value that a spreadsheet has computed for it."""

    text: str
    value: str | int


Cell = str | int | float | date | Formula | None


class Pen:
    """Fills the cells of one sender's list."""

    def __init__(self, city: City, layout: Layout, rng: random.Random) -> None:
        self.city, self.layout, self.rng = city, layout, rng

    def cell(self, kind: str, entry: Entry, number: int) -> Cell:
        """The cell of a column of this kind in an entry's row; `number` counts the rows of the list."""
        if kind == "no":
            return number
        write: Callable[[Entry], Cell] | None = getattr(self, f"_{kind}", None)
        if write:
            return write(entry)
        value = getattr(entry.person, kind, None)
        return value if value is None or isinstance(value, str | int) else str(value)

    def _nik(self, entry: Entry) -> Cell:
        nik, style = entry.nik, self.layout.niks
        if not nik:
            return self.rng.choice((None, None, ""))
        if style in ("mixed", "mixed_text"):
            odd = ("apostrophe", "spaces", "dots")
            style = self.rng.choice(odd) if self.rng.random() < 0.1 else "text"
            if self.layout.niks == "mixed" and self.rng.random() < 0.3:
                style = "number"
        if len(nik) != 16 or not nik.isdigit():
            return nik
        return self._nik_in_style(nik, style)

    def _nik_in_style(self, nik: str, style: str) -> Cell:
        shapes: dict[str, Cell] = {
            "apostrophe": "'" + nik,
            "dots": f"{nik[:6]}.{nik[6:12]}.{nik[12:]}",
            "spaces": f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
            "dashes": f"{nik[:6]}-{nik[6:12]}-{nik[12:]}",
            "hard_space": f"\u00a0{nik} ",
            "formula": Formula(f'="{nik}"', nik),
        }
        # A number cell holds 16 digits only below 2 to the power of 53: higher numbers stay text. A last
        # digit of 0 would look like the digit that a spreadsheet loses.
        if style == "number" and int(nik) < 2**53 and not nik.endswith("0"):
            return int(nik)
        return shapes.get(style, nik)

    def _name(self, entry: Entry) -> Cell:
        if not entry.name:
            return None
        name = names.in_case(entry.name, self.layout.names, self.rng)
        if self.rng.random() < 0.03:
            name = names.with_title(name, entry.person.sex, self.rng)
        return name

    def _birth_date(self, entry: Entry) -> Cell:
        return self._born(entry, self.layout.dates)

    def _born(self, entry: Entry, style: str) -> Cell:
        if entry.birth_text is not None:
            return entry.birth_text
        if entry.birth is None:
            return None
        return write_date(entry.birth, style, self.rng)

    def _ttl(self, entry: Entry) -> Cell:
        style = "words" if self.layout.dates == "excel" else self.layout.dates
        born = self._born(entry, style)
        if born is None:
            return None
        if isinstance(born, date):
            born = write_date(born, "words", self.rng)
        joined = f"{entry.person.birthplace}{self.layout.ttl}{born}"
        return joined.upper() if self.layout.names == "upper" else joined

    def _sex(self, entry: Entry) -> Cell:
        return SEXES[self.layout.sexes][entry.sex == "F"]

    def _tick_m(self, entry: Entry) -> Cell:
        return self._tick(entry.sex == "M")

    def _tick_f(self, entry: Entry) -> Cell:
        return self._tick(entry.sex == "F")

    def _tick(self, on: bool) -> Cell:
        mark = {"english": "v", "words": "√", "short": "x"}.get(self.layout.sexes, "V")
        return mark if on else None

    def _rtrw(self, entry: Entry) -> Cell:
        person = entry.person
        shapes = {"long": "{}/{}", "office": "RT {} RW {}", "labels": "RT.{}/RW.{}"}
        return shapes.get(self.layout.letterhead, "{}/{}").format(person.rt, person.rw)

    def _occupation(self, entry: Entry) -> Cell:
        text = entry.occupation_text
        return text.upper() if self.layout.names == "upper" else text

    def _village(self, entry: Entry) -> Cell:
        if entry.village_text is not None:
            return entry.village_text
        return write_village(self.city.village[entry.village], self.layout.places, self.city, self.rng)

    def _district(self, entry: Entry) -> Cell:
        district = self.city.village[entry.person.village].district
        return f"Kec. {district}" if self.layout.places == "short" else district

    def _phone(self, entry: Entry) -> Cell:
        phone = entry.person.phone
        if self.layout.letterhead == "labels":
            return f"{phone[:4]}-{phone[4:8]}-{phone[8:]}"
        return int(phone) if self.layout.niks == "number" else phone

    def _income(self, entry: Entry) -> Cell:
        dotted = f"{entry.person.income:,}".replace(",", ".")
        return {"rupiah": f"Rp {dotted},-", "dots": dotted}.get(self.layout.incomes, entry.person.income)

    def _group(self, entry: Entry) -> Cell:
        return self.rng.choice(("KUB Tuna Jaya", "Kel. Masnait", "Poktan Sagu", "Koperasi Manise", "-", None))

    def _note(self, entry: Entry) -> Cell:
        return self.rng.choice((None, None, "baru", "lanjutan", "belum foto KTP", "OK"))

    def _age(self, entry: Entry) -> Cell:
        return (self.city.as_of - entry.person.birth).days // 365

    def _mother(self, entry: Entry) -> Cell:
        return names.in_case(names.make_name("F", self.rng), self.layout.names, self.rng)

    def _heir(self, entry: Entry) -> Cell:
        sex = "F" if entry.person.sex == "M" else "M"
        return names.in_case(names.make_name(sex, self.rng), self.layout.names, self.rng)

    def _heir_nik(self, entry: Entry) -> Cell:
        return entry.person.household[:12] + f"{self.rng.randint(1, 9999):04d}"

    def _entered(self, entry: Entry) -> Cell:
        return f"{self.rng.randint(1, 28):02d}/{self.rng.randint(1, 6):02d}/2026"

    def _religion(self, entry: Entry) -> Cell:
        return None

    def _schooling(self, entry: Entry) -> Cell:
        return self.rng.choice(("SD", "SMP", "SMA", "SMK", "Tidak Sekolah"))

    def _status(self, entry: Entry) -> Cell:
        return self.rng.choice(("Kawin", "Belum Kawin", "Cerai Mati"))

    def _account(self, entry: Entry) -> Cell:
        return f"00{self.rng.randint(10**9, 10**10 - 1)}"


def write_date(day: date, style: str, rng: random.Random) -> Cell:
    """A date in one of the spellings that senders use."""
    if style == "mixed":
        style = rng.choice(MIXED_DATES)
    if style == "excel":
        return day
    if style == "serial":
        return (day - date(1899, 12, 30)) // timedelta(days=1)
    month = day.month - 1
    shapes = {
        "d-m-Y": f"{day:%d-%m-%Y}",
        "d/m/Y": f"{day:%d/%m/%Y}",
        "d/m/y": f"{day:%d/%m/%y}",
        "d-m-y": f"{day:%d-%m-%y}",
        "d.m.Y": f"{day:%d.%m.%Y}",
        "d m Y": f"{day:%d %m %Y}",
        "iso": day.isoformat(),
        "iso_time": f"{day.isoformat()} 00:00:00",
        "spaced": f"{day:%d - %m - %Y}",
        "nozero": f"{day.day}/{day.month}/{day.year}",
        "words": f"{day.day} {LONG[month]} {day.year}",
        "WORDS": f"{day.day} {LONG[month]} {day.year}".upper(),
        "old_words": f"{day.day:02d} {OLD[month]} {day.year}",
        "short": f"{day.day:02d}-{SHORT[month]}-{day.year}",
    }
    return shapes[style]


def write_village(village: Village, style: str, city: City, rng: random.Random) -> str:
    """A village's name as senders write it; a name that two villages bear is never left without its kind."""
    name = village.name
    if style == "spelling":
        name = rng.choice((name, *PLACE_SPELLINGS.get(name, ())))
    shapes = KINDS[village.kind]
    if name in city.shared_names:
        text = shapes[rng.choice((0, 2))].format(name)
    elif style == "short":
        text = shapes[2].format(name)
    elif style == "tight":
        text = shapes[2].format(name).replace(". ", ".")
    elif style == "spelling":
        text = rng.choice(shapes).format(name)
    else:
        text = rng.choice((name, shapes[0].format(name)))
    return text.upper() if style == "upper" else text
