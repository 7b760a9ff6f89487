"""Writes the lists of a whole city, sender by sender, with the truth beside them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from salawaku.demo.lists import special
from salawaku.demo.lists.city import City, Person, Village
from salawaku.demo.lists.faults import DEMO_FAULTS, HELD_OUT_FAULTS, Entry, Faults, Ledger
from salawaku.demo.lists.grid import Grid, Sheet
from salawaku.demo.lists.layouts import Layout, Sender, draw_layout
from salawaku.demo.lists.truth import Truth
from salawaku.demo.lists.writers import write_grids

AGENCIES = {
    "perikanan": ("Dinas Perikanan Kota Ambon", "dinas_perikanan"),
    "pertanian": ("Dinas Pertanian Kota Ambon", "dinas_pertanian"),
    "perhubungan": ("Dinas Perhubungan Kota Ambon", "dinas_perhubungan"),
    "perindag": ("Dinas Perindustrian dan Perdagangan Kota Ambon", "dinas_perindag"),
    "lingkungan-hidup": ("Dinas Lingkungan Hidup Kota Ambon", "dinas_lingkungan_hidup"),
    "bagian-kesra": ("Bagian Kesra Setda Kota Ambon", "bagian_kesra"),
}
LISTED_BY_VILLAGES = 0.88
AGENCY_SHARE = 0.035


def write_lists(
    city: City, folder: Path, *, layouts: str = "demo", faults: Faults | None = None, agencies: bool = True
) -> Truth:
    """Every village and six agencies send a list into `folder`; truth.json goes beside them and is returned.

    Readers take files in the order of their names, so villages come first and agencies repeat their people.
    """
    if faults is None:
        faults = DEMO_FAULTS if layouts == "demo" else HELD_OUT_FAULTS
    folder.mkdir(parents=True, exist_ok=True)
    writer = _Writer(city, folder, layouts, faults)
    writer.write(agencies)
    writer.truth.save(folder / "truth.json")
    return writer.truth


class _Writer:
    def __init__(self, city: City, folder: Path, style: str, faults: Faults) -> None:
        self.city, self.folder, self.style, self.faults = city, folder, style, faults
        self.rng = random.Random(f"lists:{city.seed}:{style}")
        self.truth = Truth(seed=city.seed, as_of=city.as_of.isoformat(), people=len(city.people))
        self.ledger = Ledger(city, faults, self.rng)
        self.senders: list[Sender] = []

    def write(self, agencies: bool) -> None:
        listed = [p for p in self.city.people if self.rng.random() < LISTED_BY_VILLAGES]
        by_village: dict[str, list[Person]] = {}
        for person in listed:
            by_village.setdefault(person.village, []).append(person)
        for village in self.city.villages:
            title = f"{village.kind.capitalize()} {village.name}"
            people = by_village.get(village.code, [])
            if people:
                self._send(Sender(slug(title), title, village=village), people)
        if agencies:
            self._agencies({person.id for person in listed})
        special.write_special(self.city, self.folder, self.faults.special_files, self.truth, self.rng)

    def _agencies(self, listed: set[int]) -> None:
        for key, (title, owner) in AGENCIES.items():
            size = max(12, int(len(self.city.people) * AGENCY_SHARE))
            shared = int(size * self.rng.uniform(0.2, 0.8))
            known = self._sector([p for p in self.city.people if p.id in listed], owner)
            fresh = self._sector([p for p in self.city.people if p.id not in listed], owner)
            people = known[:shared] + fresh[: size - shared]
            self.rng.shuffle(people)
            self._send(Sender(f"opd-{key}", title, agency=owner), people)

    def _sector(self, people: list[Person], owner: str) -> list[Person]:
        """The people in random order, those of the agency's own sector first."""
        mixed = self.rng.sample(people, len(people))
        return sorted(mixed, key=lambda p: self.city.occupations[p.occupation].agency != owner)

    def _send(self, sender: Sender, people: list[Person]) -> None:
        rng = random.Random(f"layout:{self.city.seed}:{self.style}:{sender.slug}")
        layout = draw_layout(sender, rng, self.style)
        people = self._with_repeats(people)
        name = f"{len(self.truth.order) + 1:03d}-{sender.slug}.{layout.file}"
        grids = self._grids(sender, layout, people, rng)
        self._note(name, grids, layout)
        write_grids(
            self.folder / name,
            grids,
            encoding=layout.encoding,
            delimiter=layout.delimiter,
            blank_lines=layout.blank_lines,
        )

    def _with_repeats(self, people: list[Person]) -> list[Person]:
        count = int(len(people) * self.faults.repeated_in_list)
        return people + self.rng.sample(people, count)

    def _grids(self, sender: Sender, layout: Layout, people: list[Person], rng: random.Random) -> list[Grid]:
        sheet = Sheet(self.city, sender, layout, rng)
        grids = []
        for name, place, part in self._parts(sender, layout, people):
            grids.append(sheet.build(name, place, self._entries(layout, sender, part)))
        if layout.extra_sheet:
            # Notes and empty sheets often lie in front, sums behind.
            at = len(grids) if layout.extra_sheet == "recap" else 0
            grids.insert(at, special.extra_sheet(layout.extra_sheet, self.city, rng))
        return grids

    def _entries(self, layout: Layout, sender: Sender, people: Iterable[Person]) -> list[Entry]:
        column = layout.has("village") and not sender.village
        has_age = layout.has("age")
        made = [self.ledger.entry(person, village_column=column) for person in people]
        # A birth date that is missing beside a stated age would be a riddle, not a fault.
        return [replace(e, codes=None) if has_age and e.birth is None else e for e in made]

    def _parts(self, sender: Sender, layout: Layout, people: list[Person]) -> list[tuple[str, str, list[Person]]]:
        """The sheets of a file: name, the village its letterhead names, the people on it."""
        village = sender.village
        if village:
            place = f"{village.kind.capitalize()} {village.name}"
            return _split_in_turns(place, people, 3 if layout.sheets == "rt" else 1)
        if layout.sheets == "district":
            return self._by(people, lambda v: f"Kec. {v.district}", lambda v: "")
        if layout.sheets == "village":
            return self._by(people, _sheet_name, lambda v: f"{v.kind.capitalize()} {v.name}")
        return [("Sheet1", "", people)]

    def _by(
        self, people: list[Person], sheet_name: Callable[[Village], str], place: Callable[[Village], str]
    ) -> list[tuple[str, str, list[Person]]]:
        parts: dict[str, tuple[str, str, list[Person]]] = {}
        for person in people:
            village = self.city.village[person.village]
            name = sheet_name(village)
            parts.setdefault(name, (name, place(village), []))[2].append(person)
        return [parts[name] for name in sorted(parts)]

    def _note(self, name: str, grids: list[Grid], layout: Layout) -> None:
        has_sex = layout.has("sex") or layout.has("tick_m")
        self.truth.order.append(name)
        self.truth.file_status[name] = {"status": "read", "codes": []}
        rows = self.truth.files.setdefault(name, {})
        for grid in grids:
            sheet = "" if name.endswith(".csv") else grid.name
            rows.update({f"{sheet}!{row}": entry.truth(has_sex) for row, entry in grid.entries.items()})
            self.truth.noise_rows += grid.noise


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _sheet_name(village: Village) -> str:
    kind = "Kel." if village.kind == "kelurahan" else village.kind.capitalize()
    return f"{kind} {village.name}".replace("/", "-")[:31]


def _split_in_turns(place: str, people: list[Person], count: int) -> list[tuple[str, str, list[Person]]]:
    if count == 1:
        return [("Sheet1", place, people)]
    parts = [people[start::count] for start in range(count)]
    return [(f"RT {n:02d}", place, part) for n, part in enumerate(parts, 1) if part]
