"""A synthetic town on paper: people, twins, siblings and namesakes, listed again with the slips of a busy clerk."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl

from salawaku.linkage.spelling import read_table
from salawaku.linkage.tiers import RECORD

VILLAGES = [f"81.71.0{district}.20{number:02}" for district in range(1, 6) for number in range(1, 7)]
NAMES = {
    kind: [row["name"] for row in read_table("known_names.csv") if row["kind"] == kind] for kind in ("given", "marga")
}


@dataclass(frozen=True)
class Person:
    """One line of a list, and who it really is."""

    who: int
    nik: str | None
    name: str
    born: date
    sex: str
    village: str


class Town:
    """Makes people and listings from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.people: list[Person] = []
        self.issued: Counter[str] = Counter()

    def nik(self, born: date, sex: str, district: str) -> str:
        """The next number of the day, as offices give them out: neighbours differ in the last digits only."""
        head = f"{district}{born.day + (40 if sex == 'F' else 0):02}{born:%m%y}"
        self.issued[head] += 1
        return f"{head}{self.issued[head]:04}"

    def stranger(self, **known: object) -> Person:
        dice = self.dice
        born = date(1962, 1, 1) + timedelta(days=dice.randrange(16000))
        village = dice.choice(VILLAGES)
        given = dice.sample(NAMES["given"], dice.choice([1, 1, 2, 2]))
        name = " ".join([*given, dice.choice(NAMES["marga"])])
        person = Person(len(self.people), None, name, born, dice.choice("MF"), village)
        person = replace(person, **known)  # type: ignore[arg-type]
        district = person.village.replace(".", "")[:6] if dice.random() < 0.8 else "810602"
        person = replace(person, nik=person.nik or self.nik(person.born, person.sex, district))
        self.people.append(person)
        return person

    def twin(self, of: Person) -> Person:
        """Same day, same village, same marga, the number beside the other's, another given name."""
        given = self.dice.choice([name for name in NAMES["given"] if name not in of.name])
        assert of.nik
        number = self.nik(of.born, of.sex, of.nik[:6])
        name = f"{given} {of.name.split()[-1]}"
        return self.stranger(nik=number, name=name, born=of.born, sex=of.sex, village=of.village)

    def sibling(self, of: Person) -> Person:
        given = self.dice.choice(NAMES["given"])
        return self.stranger(name=f"{given} {of.name.split()[-1]}", village=of.village)

    def namesake(self, of: Person) -> Person:
        """The same name in another village, born on another day."""
        return self.stranger(name=of.name)


def inhabit(town: Town, size: int) -> None:
    for _ in range(size):
        person = town.stranger()
        fate = town.dice.random()
        if fate < 0.06:
            town.twin(person)
        elif fate < 0.12:
            town.sibling(person)
        elif fate < 0.15:
            town.namesake(person)


Slip = Callable[[Person, random.Random], Person]


def drop_letter(person: Person, dice: random.Random) -> Person:
    place = dice.choice([i for i, char in enumerate(person.name) if char != " " and i])
    return replace(person, name=person.name[:place] + person.name[place + 1 :])


def swap_letters(person: Person, dice: random.Random) -> Person:
    name = person.name
    place = dice.choice([i for i in range(1, len(name) - 1) if " " not in name[i : i + 2]])
    return replace(person, name=name[:place] + name[place + 1] + name[place] + name[place + 2 :])


def double_letter(person: Person, dice: random.Random) -> Person:
    place = dice.randrange(1, len(person.name))
    return replace(person, name=person.name[:place] + person.name[place - 1] + person.name[place:])


def wrong_letter(person: Person, dice: random.Random) -> Person:
    words = person.name.split()
    word = max(words, key=len)
    place = dice.randrange(1, len(word))
    wrong = word[:place] + dice.choice("aeioulnrst") + word[place + 1 :]
    return replace(person, name=person.name.replace(word, wrong, 1))


def variant(person: Person, dice: random.Random) -> Person:
    table = {
        spelling.lower(): [row["canonical"], *row["variants"].split(";")]
        for row in read_table("name_variants.csv")
        if row["type"] != "title"
        for spelling in [row["canonical"], *row["variants"].split(";")]
    }
    words = [dice.choice(table.get(word.lower(), [word])) for word in person.name.split()]
    return replace(person, name=" ".join(words))


def shuffle(person: Person, dice: random.Random) -> Person:
    words = person.name.split()
    return replace(person, name=" ".join([words[-1], *words[:-1]]))


def no_middle_name(person: Person, dice: random.Random) -> Person:
    words = person.name.split()
    return replace(person, name=" ".join([words[0], words[-1]]))


def added_middle_name(person: Person, dice: random.Random) -> Person:
    words = person.name.split()
    return replace(person, name=" ".join([words[0], dice.choice(NAMES["given"]), *words[1:]]))


def initial(person: Person, dice: random.Random) -> Person:
    words = person.name.split()
    return replace(person, name=" ".join([words[0], *(f"{word[0]}." for word in words[1:-1]), words[-1]]))


def title(person: Person, dice: random.Random) -> Person:
    before, after = dice.choice([("H. ", ""), ("Hj. ", ""), ("Drs. ", ", S.Pd"), ("", ", S.E."), ("Alm. ", "")])
    return replace(person, name=before + person.name.upper() + after)


def married(person: Person, dice: random.Random) -> Person:
    return replace(person, name=" ".join([*person.name.split()[:-1], dice.choice(NAMES["marga"])]))


def day_for_month(person: Person, dice: random.Random) -> Person:
    born = person.born
    turned = born.replace(day=born.month, month=born.day) if born.day <= 12 else born
    return replace(person, born=turned)


def mended_year(person: Person, dice: random.Random) -> Person:
    return replace(person, born=person.born + timedelta(days=dice.choice([-366, -1, 1, 10, 365])))


def near_nik(person: Person, dice: random.Random) -> Person:
    number = person.nik
    assert number
    place = dice.randrange(12, 15)
    digit = str((int(number[place]) + dice.randrange(1, 10)) % 10)
    return replace(person, nik=number[:place] + digit + number[place + 1 :])


def turned_nik(person: Person, dice: random.Random) -> Person:
    number = person.nik
    assert number
    places = [i for i in range(15) if number[i] != number[i + 1]]
    place = dice.choice(places)
    return replace(person, nik=number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def no_nik(person: Person, dice: random.Random) -> Person:
    return replace(person, nik=None)


def other_nik(person: Person, dice: random.Random) -> Person:
    assert person.nik
    return replace(person, nik=person.nik[:12] + f"{dice.randrange(9000, 9999)}")


NAME_SLIPS: list[Slip] = [drop_letter, swap_letters, double_letter, wrong_letter, variant, shuffle, title, initial]
EXTENT_SLIPS: list[Slip] = [no_middle_name, added_middle_name]
NIK_SLIPS: list[Slip] = [near_nik, turned_nik, no_nik, other_nik]


def frame(people: list[Person]) -> pl.DataFrame:
    rows = [(i, p.nik, p.name, p.born, p.sex, p.village) for i, p in enumerate(people)]
    return pl.DataFrame(rows, schema=RECORD, orient="row")
