"""How a word of a name is spelt: one form for Soekarno and Sukarno, Jusuf and Yusuf, Muh. and Muhammad."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

#: Words that belong to the next one: La Ode, Wa Ima, Al Katiri, de Fretes, van Houten.
PARTICLES = frozenset({"la", "wa", "al", "at", "as", "el", "de", "da", "di", "van", "von"})


@cache
def forms(word: str) -> tuple[str, ...]:
    """The plain spellings that lead to a canonical word: a slip may have happened to any of them."""
    variants = vocabulary().variants
    return (word, *sorted({form for form, target in variants.items() if target == word} - {word}))


@dataclass(frozen=True)
class Vocabulary:
    """What the tables know, every word reduced to its plain spelling."""

    titles: frozenset[str]
    dotted_titles: frozenset[str]
    variants: dict[str, str]
    phrases: dict[tuple[str, str], str]
    special: frozenset[str]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table that ships with the engine."""
    text = files("salawaku.linkage").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The spelling rules, in order."""
    return tuple((re.compile(row["from"]), row["to"]) for row in read_table("orthographic_rules.csv"))


def reduce_word(word: str) -> str:
    """Apply the rules until nothing changes: the result of one may be the beginning of another."""
    while True:
        plain = word
        for pattern, replacement in rules():
            plain = pattern.sub(replacement, plain)
        if plain == word:
            return word
        word = plain


def letters(text: str) -> str:
    """Lower-case letters only, without dots, spaces, apostrophes and hyphens."""
    return "".join(char for char in text.lower() if char.isalpha())


@cache
def vocabulary() -> Vocabulary:
    """Titles to leave out, variants with their canonical form, and names written as two words."""
    table = read_table("name_variants.csv")
    titles = [title for row in table if row["type"] == "title" for title in row["variants"].split(";")]
    variants: dict[str, str] = {}
    phrases: dict[tuple[str, str], str] = {}
    for row in table:
        if row["type"] == "title":
            continue
        target = reduce_word(letters(row["canonical"]))
        for variant in [row["canonical"], *row["variants"].split(";")]:
            words = re.findall(r"[a-z]+", variant.lower().replace("'", ""))
            if len(words) == 2 and len(words[0]) > 1 and words[0] not in PARTICLES:
                phrases[words[0], words[1]] = target
            variants.setdefault(reduce_word(letters(variant)), target)
    variants.pop("m")  # an initial, unless it stands first: see names.py
    # "St." is Siti, "S.T." a degree: only the dots tell them apart
    dotted = frozenset(letters(title) for title in titles if "." in title.strip("."))
    plain = frozenset(letters(title) for title in titles) - {"st"}
    special = plain | PARTICLES | {first for first, _ in phrases}
    return Vocabulary(plain, dotted, variants, phrases, special)


@lru_cache(maxsize=1 << 18)
def canonical(word: str) -> str:
    """The canonical form of one lower-case word."""
    plain = reduce_word(word)
    return vocabulary().variants.get(plain, plain)


def plain_word(word: str) -> str | None:
    """The canonical form of a word that can be judged alone; None where its neighbours or its signs matter."""
    special = vocabulary().special
    if not (word.isascii() and word.isalpha()) or word == "m" or word in special:
        return None
    found = canonical(word)
    return None if found == "m" or found in special else found
