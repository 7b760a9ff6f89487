"""The faults that clerks make, and what a reader must answer to each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from salawaku.demo.lists import names
from salawaku.demo.lists.city import UNKNOWN_REGIONS, City, Person

UNKNOWN_OCCUPATIONS = ("wiraswasta lain", "??", "kerja apa saja", "lain-lain", "xxx", "swasta dll")
EXCLUDED_OCCUPATIONS = ("PNS", "ASN", "TNI", "POLRI", "Pegawai Negeri Sipil", "PPPK", "Anggota TNI/Polri", "pns")
UNKNOWN_VILLAGES = ("Sukamaju", "Desa Mekar Sari", "Kel. Harapan Jaya", "Negeri Tanjung Baru", "Wai Lela Permai")


@dataclass(frozen=True)
class Faults:
    """How often each fault happens, as a share of the rows that can have it."""

    nik_missing: float = 0.008
    nik_length: float = 0.012
    nik_nondigit: float = 0.010
    name_missing: float = 0.006
    birth_missing: float = 0.005
    birth_invalid: float = 0.008
    excluded_occupation: float = 0.008
    occupation_unknown: float = 0.008
    birth_mismatch: float = 0.012
    sex_mismatch: float = 0.012
    village_unknown: float = 0.015
    village_ambiguous: float = 0.15
    near_nik: float = 0.04
    conflict: float = 0.01
    variant: float = 0.10
    typo: float = 0.015
    without_middle: float = 0.01
    mended_birth: float = 0.01
    repeated_in_list: float = 0.006
    special_files: tuple[str, ...] = ("nik_precision_lost", "repeated")

    def of_first_rows(self) -> dict[str, float]:
        """Faults of a row whose person is not known yet: at most one per row, as a rule of the maker."""
        kinds = (
            "nik_missing nik_length nik_nondigit name_missing birth_missing birth_invalid excluded_occupation "
            "occupation_unknown birth_mismatch sex_mismatch"
        )
        return {kind: getattr(self, kind) for kind in kinds.split()}

    def of_later_rows(self) -> dict[str, float]:
        """Faults of a row whose person is known from an earlier row."""
        kinds = "near_nik conflict variant typo without_middle mended_birth"
        return {kind: getattr(self, kind) for kind in kinds.split()}


DEMO_FAULTS = Faults()
HELD_OUT_FAULTS = Faults(
    special_files=("nik_precision_lost", "repeated", "empty", "no_header", "unreadable"),
)


@dataclass(frozen=True)
class Entry:
    """One row of a list as a clerk will write it, with the outcome that is due."""

    person: Person
    nik: str
    name: str
    sex: str
    village: str
    birth: date | None
    birth_text: str | None = None
    village_text: str | None = None
    occupation_text: str = ""
    expect: str = "accepted"
    codes: tuple[str, ...] | None = ()

    def truth(self, has_sex: bool) -> dict[str, Any]:
        """The entry of truth.json."""
        birth = (self.birth or self.person.birth).isoformat()
        whole = len(self.nik) == 16 and self.nik.isdigit()
        nik = self.nik if whole else self.person.nik
        fields = {"nik": nik, "birth_date": birth, "village": self.village}
        if has_sex:
            fields["sex"] = self.sex
        codes = None if self.codes is None else list(self.codes)
        return {"person": self.person.id, "expect": self.expect, "codes": codes, "fields": fields}


@dataclass
class Ledger:
    """What a reader knows after the rows before: draws each next row and its due outcome."""

    city: City
    faults: Faults
    rng: random.Random
    known: set[int] = field(default_factory=set)
    odd: set[int] = field(default_factory=set)
    once: set[tuple[str, int]] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def entry(self, person: Person, *, village_column: bool, sex_column: bool = True) -> Entry:
        """The next row for a person."""
        base = self._clean(person)
        if self._out_of_age(person):
            return replace(base, expect="rejected", codes=("eligibility.age",))
        if person.id in self.known:
            return self._later(base)
        return self._first(base, village_column, sex_column)

    def _clean(self, person: Person) -> Entry:
        words = self.city.occupations[person.occupation].words
        return Entry(
            person=person,
            nik=person.nik,
            name=person.name,
            sex=person.sex,
            village=person.village,
            birth=person.birth,
            occupation_text=self.rng.choice(words),
        )

    def _out_of_age(self, person: Person) -> bool:
        age = (self.city.as_of - person.birth).days / 365.25
        return not 18 <= age < 65

    def _draw(self, shares: dict[str, float]) -> str | None:
        dice = self.rng.random()
        for kind, share in shares.items():
            dice -= share
            if dice < 0:
                return kind
        return None

    def _first(self, base: Entry, village_column: bool, sex_column: bool) -> Entry:
        person = base.person
        if person.nik[:6] in UNKNOWN_REGIONS:
            self.known.add(person.id)
            return replace(base, codes=("nik.unknown_region",))
        village = self._village_fault(base) if village_column else None
        if village:
            self.known.add(person.id)
            self.odd.add(person.id)
            return village
        kind = self._draw(self.faults.of_first_rows())
        if kind is None or (kind == "sex_mismatch" and not sex_column):
            self.known.add(person.id)
            return base
        made: Entry = getattr(self, f"_{kind}")(base)
        if made.expect != "rejected":
            self.known.add(person.id)
        if kind == "birth_mismatch":
            self.odd.add(person.id)
        return made

    def _village_fault(self, base: Entry) -> Entry | None:
        name = self.city.village[base.village].name
        if name in self.city.shared_names and self.rng.random() < self.faults.village_ambiguous:
            return replace(base, village_text=name, expect="review", codes=("village.ambiguous",))
        if self.rng.random() < self.faults.village_unknown:
            text = self.rng.choice(UNKNOWN_VILLAGES)
            return replace(base, village_text=text, expect="review", codes=("village.unknown",))
        return None

    def _nik_missing(self, base: Entry) -> Entry:
        return replace(base, nik="", expect="rejected", codes=("nik.missing",))

    def _nik_length(self, base: Entry) -> Entry:
        at = self.rng.randint(5, 14)
        extra = str(self.rng.randint(0, 9)) if self.rng.random() < 0.2 else ""
        nik = base.nik[:at] + extra + base.nik[at + (0 if extra else 1) :]
        return replace(base, nik=nik, expect="rejected", codes=("nik.length",))

    def _nik_nondigit(self, base: Entry) -> Entry:
        letter, digit = self.rng.choice((("O", "0"), ("l", "1"), ("o", "0"), ("I", "1")))
        at = base.nik.find(digit, 4)
        at = at if at > 0 else self.rng.randint(4, 14)
        nik = base.nik[:at] + letter + base.nik[at + 1 :]
        return replace(base, nik=nik, expect="rejected", codes=("nik.nondigit",))

    def _name_missing(self, base: Entry) -> Entry:
        return replace(base, name="", expect="rejected", codes=("name.missing",))

    def _birth_missing(self, base: Entry) -> Entry:
        return replace(base, birth=None, expect="rejected", codes=("birth_date.missing",))

    def _birth_invalid(self, base: Entry) -> Entry:
        year = base.person.birth.year
        text = self.rng.choice((f"31-02-{year}", f"30/02/{year}", f"31-04-{year}", f"32-05-{year}", f"00-00-{year}"))
        return replace(base, birth=None, birth_text=text, expect="rejected", codes=("birth_date.invalid",))

    def _excluded_occupation(self, base: Entry) -> Entry:
        text = self.rng.choice(EXCLUDED_OCCUPATIONS)
        code = ("eligibility.excluded_occupation",)
        return replace(base, occupation_text=text, expect="rejected", codes=code)

    def _occupation_unknown(self, base: Entry) -> Entry:
        text = self.rng.choice(UNKNOWN_OCCUPATIONS)
        return replace(base, occupation_text=text, expect="review", codes=("occupation.unknown",))

    def _birth_mismatch(self, base: Entry) -> Entry:
        return replace(base, birth=_other_year(base.person.birth, self.rng), codes=("nik.birth_mismatch",))

    def _sex_mismatch(self, base: Entry) -> Entry:
        return replace(base, sex="F" if base.sex == "M" else "M", codes=("nik.sex_mismatch",))

    def _later(self, base: Entry) -> Entry:
        # Whether a duplicate repeats the warning of its number is left open by the contract: not compared.
        codes = None if base.nik[:6] in UNKNOWN_REGIONS else ()
        base = replace(base, expect="duplicate", codes=codes)
        kind = self._draw(self.faults.of_later_rows())
        once = (kind or "", base.person.id)
        if kind is None or once in self.once or codes is None:
            return base
        self.once.add(once)
        made: Entry = getattr(self, f"_{kind}")(base)
        return made

    def _near_nik(self, base: Entry) -> Entry:
        """One digit of the serial and one letter of the name wrong: probably the same person."""
        if " " not in base.name or base.person.id in self.odd:
            return base  # a probable pair needs a name, a birth date and a village that agree
        at = self.rng.randint(12, 15)
        for step in range(1, 10):
            digit = str((int(base.nik[at]) + step) % 10)
            nik = base.nik[:at] + digit + base.nik[at + 1 :]
            if nik not in self.city.niks and nik not in self.used and not nik.endswith("0000"):
                self.used.add(nik)
                name = names.typo(base.name, self.rng)
                return replace(base, nik=nik, name=name, expect="review", codes=("duplicate.probable",))
        return base

    def _conflict(self, base: Entry) -> Entry:
        """The number of another known person, of another birth date and name."""
        other = self.city.people[self.rng.randrange(len(self.city.people))]
        same = other.birth == base.birth or set(other.name.split()) & set(base.name.split())
        if other.id not in self.known or same or other.nik[:6] in UNKNOWN_REGIONS:
            return base
        return replace(base, nik=other.nik, expect="review", codes=("nik.conflict",))

    def _variant(self, base: Entry) -> Entry:
        return replace(base, name=names.variant(base.name, self.rng))

    def _typo(self, base: Entry) -> Entry:
        return replace(base, name=names.typo(base.name, self.rng))

    def _without_middle(self, base: Entry) -> Entry:
        return replace(base, name=names.without_middle(base.name))

    def _mended_birth(self, base: Entry) -> Entry:
        """Another birth date beside the same number and name; its warning is not compared."""
        return replace(base, birth=_other_year(base.person.birth, self.rng), codes=None)


def _other_year(birth: date, rng: random.Random) -> date:
    """The birth date one year off; nearer to the middle age, so that the criteria still hold."""
    year = birth.year + (1 if birth.year < 1985 else -1)
    return birth.replace(year=year, day=min(birth.day, 28))
