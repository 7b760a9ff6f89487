"""Names for people who do not exist, and the ways in which clerks write them.

Nobody real may come out of the dice. Two rules hold that: a full name has two given names before the family
name (public figures are known by one), and pairs of given and family name that belong to a well-known person
are refused by a list of hashes, so that the list itself names nobody.
"""

from __future__ import annotations

import csv
import hashlib
import random
from dataclasses import dataclass
from functools import cache
from importlib import resources

MEN_TITLES = ("H. ", "Bpk. ", "Pdt. ", "Drs. ", "Hi. ")
WOMEN_TITLES = ("Hj. ", "Ibu ", "Pdt. ", "Dra. ")
DEGREES = (", S.Pd", ", A.Md", ", S.Sos", ", S.E.", " S.Pd")

STOP_HASHES = frozenset(resources.files("salawaku.demo.data").joinpath("refused_names.txt").read_text().split())


@dataclass(frozen=True, slots=True)
class Pools:
    """Given names by sex and family names, in pairs that go together."""

    given: tuple[tuple[str, str, str], ...]
    family: tuple[tuple[str, str], ...]
    variants: dict[str, tuple[str, ...]]


@cache
def pools() -> Pools:
    """The spelling pools shipped with the package."""
    given = tuple((row["given_name"], row["sex"], row["pool"]) for row in read_data("given_names.csv"))
    family = tuple((row["marga"], row["pool"]) for row in read_data("marga.csv"))
    variants = {
        row["canonical"].casefold(): tuple(row["variants"].split(";"))
        for row in read_data("name_variants.csv")
        if row["type"] in ("given", "marga")
    }
    return Pools(given, family, variants)


def read_data(file: str, package: str = "salawaku.demo") -> list[dict[str, str]]:
    """A CSV in the folder `data` of a package."""
    text = resources.files(package).joinpath("data", file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _given_names(sex: str, pool: str) -> tuple[str, ...]:
    letter = "L" if sex == "M" else "P"
    return tuple(name for name, s, p in pools().given if s == letter and p in pool)


def pair_hash(given: str, family: str) -> str:
    """The hash under which a pair of given and family name is refused."""
    return hashlib.sha256(f"{given} {family}".casefold().encode()).hexdigest()[:16]


@cache
def is_refused(given: str, family: str, stop: frozenset[str] = STOP_HASHES) -> bool:
    """Whether the pair belongs to a public figure and must not be made."""
    return pair_hash(given, family) in stop


def make_name(sex: str, rng: random.Random) -> str:
    """A random full name: two given names and a family name; one in a hundred people has a single name."""
    while True:
        family, both = rng.choice(pools().family)
        pool = rng.choice(both)
        first, second = rng.sample(_given_names(sex, pool), 2)
        if rng.random() < 0.01:
            return first
        if not is_refused(first, family) and not is_refused(second, family):
            return f"{first} {second} {family}"


def twin_name(name: str, sex: str, rng: random.Random) -> str:
    """A name for the twin: the same family name, other given names."""
    words = name.split()
    family = next((f for f, _ in pools().family if name.endswith(" " + f)), "")
    pool = next((p for f, p in pools().family if f == family), "ab")
    taken = {word[:3] for word in words}
    free = [given for given in _given_names(sex, pool) if not {w[:3] for w in given.split()} & taken]
    while True:
        first, second = rng.sample(free, 2)
        if not is_refused(first, family) and not is_refused(second, family):
            return f"{first} {second} {family}".strip()


def variant(name: str, rng: random.Random) -> str:
    """The same name in another accepted spelling (Muh., Yohanis, Watimena); unchanged when there is none."""
    known = pools().variants
    words = name.split()
    places = [i for i, word in enumerate(words) if word.casefold() in known]
    if not places:
        return name
    at = rng.choice(places)
    words[at] = rng.choice(known[words[at].casefold()])
    return " ".join(words)


def typo(name: str, rng: random.Random) -> str:
    """The name with one slip: two letters changed over, or one left out, never the first of a word.

    A slip that makes another known name (Elisa, Elias) could be a twin: it is drawn again.
    """
    places = [i for i in range(1, len(name) - 1) if name[i - 1 : i + 2].isalpha() and name[i] != name[i + 1]]
    for at in rng.sample(places, len(places)):
        turned = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        shorter = name[:at] + name[at + 1 :]
        for slip in rng.sample((turned, shorter), 2):
            if not _known_words() & (set(slip.casefold().split()) - set(name.casefold().split())):
                return slip
    return name


@cache
def _known_words() -> frozenset[str]:
    """Every word that is a name, or an accepted spelling of one."""
    spellings = [name for name, _, _ in pools().given] + [name for name, _ in pools().family]
    spellings += [spelling for known in pools().variants.values() for spelling in known]
    return frozenset(word for spelling in spellings for word in spelling.casefold().split())


def without_middle(name: str) -> str:
    """The name as people shorten it, without its second word."""
    words = name.split()
    return " ".join([words[0], *words[2:]]) if len(words) > 2 else name


def with_title(name: str, sex: str, rng: random.Random) -> str:
    """The name with a title before it or a degree behind it."""
    if rng.random() < 0.35:
        return name + rng.choice(DEGREES)
    return rng.choice(MEN_TITLES if sex == "M" else WOMEN_TITLES) + name


def in_case(name: str, style: str, rng: random.Random) -> str:
    """The name in the letter case and spacing of a sender."""
    if style == "mixed":
        style = rng.choice(("upper", "title", "lower", "title", "upper", "spaced"))
    if style == "upper":
        return name.upper()
    if style == "lower":
        return name.lower()
    if style == "spaced":
        return "  " + "  ".join(name.split()) + " "
    return name
