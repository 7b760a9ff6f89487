"""A city of synthetic workers: people, households and the villages they live in."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import polars as pl

from salawaku.demo.lists import names

AS_OF = date(2026, 6, 30)
# Only regions that exist in some edition of the codes: people keep the NIK of the place that first issued it.
ELSEWHERE = ("810602", "810101", "810104", "730105", "740302", "910101", "820101", "357801")
UNKNOWN_REGIONS = ("997101", "819901", "817199")
BIRTHPLACES = ("Ambon", "Ambon", "Ambon", "Saparua", "Masohi", "Namlea", "Tual", "Hila", "Piru", "Dobo", "Buton")
STREETS = ("Jl. Cengkih", "Jl. Pala Raya", "Lorong Kenari", "Lorong Sagu", "Kampung Kayu Putih", "Dusun Bintanggur")
INCOMES = (600_000, 750_000, 800_000, 900_000, 1_000_000, 1_200_000, 1_500_000, 2_000_000)


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the city, with the kind that decides how its name is written."""

    code: str
    name: str
    kind: str
    district: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of the coded list, with all the words people use for it."""

    id: str
    words: tuple[str, ...]
    agency: str


@dataclass(frozen=True, slots=True)
class Person:
    """A worker who does not exist."""

    id: int
    nik: str
    household: str
    name: str
    sex: str
    birth: date
    birthplace: str
    village: str
    address: str
    rt: str
    rw: str
    occupation: str
    income: int
    decile: int
    phone: str


@dataclass(frozen=True)
class City:
    """Everything the lists are made from."""

    seed: int
    people: tuple[Person, ...]
    villages: tuple[Village, ...]
    occupations: dict[str, Occupation]
    as_of: date = AS_OF

    @cached_property
    def village(self) -> dict[str, Village]:
        """Villages by code."""
        return {village.code: village for village in self.villages}

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """Village names that more than one village bears."""
        seen = [village.name for village in self.villages]
        return frozenset(name for name in seen if seen.count(name) > 1)

    @cached_property
    def niks(self) -> frozenset[str]:
        """All identity numbers of the city."""
        return frozenset(person.nik for person in self.people)


Places = pl.DataFrame | Iterable[Mapping[str, str]]


def make_city(workers: int, seed: int, places: Places, *, home: str = "81.71") -> City:
    """A city of `workers` people in the villages of `places` below the region `home`; the same for a seed."""
    rng = random.Random(f"city:{seed}")
    villages = find_villages(places, home)
    occupations = read_occupations()
    maker = _Maker(rng, villages, [o.id for o in occupations.values()])
    return City(seed, tuple(maker.make(workers)), villages, occupations)


def find_villages(places: Places, home: str) -> tuple[Village, ...]:
    """The villages below `home`; `places` has the columns code, name and kind, and may have others."""
    rows = places.to_dicts() if isinstance(places, pl.DataFrame) else list(places)
    rows = [row for row in rows if row["code"].startswith(home + ".")]
    district = {row["code"]: row["name"] for row in rows if row["code"].count(".") == 2}
    found = [row for row in rows if row["code"].count(".") == 3]
    return tuple(
        Village(row["code"], row["name"], row.get("kind") or "desa", district[row["code"][:8]])
        for row in sorted(found, key=lambda row: row["code"])
    )


def read_occupations() -> dict[str, Occupation]:
    """The occupations of vulnerable workers with their agency and every word for them."""
    rows = names.read_data("occupations.csv", "salawaku.registry")
    rows = [row for row in rows if row["vulnerable"] == "yes"]
    return {
        row["id"]: Occupation(row["id"], (row["name_id"], *filter(None, row["aliases"].split(";"))), row["opd_owner"])
        for row in rows
    }


def nik_of(region: str, birth: date, sex: str, serial: int) -> str:
    """The number of a person: region, day of birth (40 more for women), month, year, serial."""
    day = birth.day + (40 if sex == "F" else 0)
    return f"{region}{day:02d}{birth.month:02d}{birth.year % 100:02d}{serial:04d}"


class _Maker:
    """Draws people so that no two share a number, or a name with a birth date."""

    def __init__(self, rng: random.Random, villages: tuple[Village, ...], occupations: list[str]) -> None:
        self.rng, self.villages, self.occupations = rng, villages, occupations
        self.niks: set[str] = set()
        self.identities: set[tuple[str, date]] = set()

    def make(self, count: int) -> list[Person]:
        people: list[Person] = []
        while len(people) < count:
            person = self._draw(len(people))
            people.append(person)
            if len(people) < count and self.rng.random() < 0.004:
                people.append(self._twin(person, len(people)))
        return people

    def _draw(self, number: int) -> Person:
        rng = self.rng
        village = rng.choice(self.villages)
        sex = "M" if rng.random() < 0.56 else "F"
        birth = self._birth()
        name = self._name(sex, birth)
        nik = self._nik(village, birth, sex)
        return Person(
            id=number,
            nik=nik,
            household=self._household(village),
            name=name,
            sex=sex,
            birth=birth,
            birthplace=rng.choice(BIRTHPLACES),
            village=village.code,
            address=f"{rng.choice(STREETS)} No. {rng.randint(1, 99)}",
            rt=f"{rng.randint(1, 12):03d}",
            rw=f"{rng.randint(1, 6):03d}",
            occupation=rng.choice(self.occupations),
            income=rng.choice(INCOMES),
            decile=rng.choice((1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7)),
            # 08000 is assigned to no operator: these numbers ring nowhere.
            phone=f"08000{rng.randint(0, 9_999_999):07d}",
        )

    def _birth(self) -> date:
        # Inside the criteria with a year to spare on both sides, so that the truth holds for a while.
        age = self.rng.triangular(19.5, 63, 37)
        if self.rng.random() < 0.015:
            age = self.rng.choice((self.rng.uniform(13, 16), self.rng.uniform(67, 79)))
        return AS_OF - timedelta(days=int(age * 365.25))

    def _name(self, sex: str, birth: date) -> str:
        while True:
            name = names.make_name(sex, self.rng)
            if (name, birth) not in self.identities:
                self.identities.add((name, birth))
                return name

    def _nik(self, village: Village, birth: date, sex: str) -> str:
        dice = self.rng.random()
        region = village.code.replace(".", "")[:6]
        if dice < 0.14:
            region = self.rng.choice(ELSEWHERE)
        elif dice < 0.144:
            region = self.rng.choice(UNKNOWN_REGIONS)
        while True:
            nik = nik_of(region, birth, sex, self.rng.randint(1, 9998))
            if nik not in self.niks:
                self.niks.add(nik)
                return nik

    def _household(self, village: Village) -> str:
        issued = date(2009, 1, 1) + timedelta(days=self.rng.randint(0, 6000))
        return nik_of(village.code.replace(".", "")[:6], issued, "M", self.rng.randint(1, 9999))

    def _twin(self, person: Person, number: int) -> Person:
        """A sister or brother born the same day: the number differs in the last digits only."""
        name = names.twin_name(person.name, person.sex, self.rng)
        serial = int(person.nik[12:])
        free = (f"{person.nik[:12]}{n:04d}" for n in range(serial + 1, 10_000))
        nik = next(candidate for candidate in free if candidate not in self.niks)
        self.niks.add(nik)
        self.identities.add((name, person.birth))
        occupation = self.rng.choice(self.occupations)
        return replace(person, id=number, nik=nik, name=name, occupation=occupation)
