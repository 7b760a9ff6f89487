"""Which column a heading names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from salawaku.intake.engine.columns import ABOUT_OTHERS, COLUMNS, OURS, Column

BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
NOT_WORD = re.compile(r"[^a-z0-9]+")
# "*", "wajib", "sesuai KTP" and the like say nothing about which column it is.
FILLER = re.compile(
    r"\b(wajib|harus|diisi|isi|mohon|contoh|sesuai|dgn|dengan|data|nomer|dd|mm|yyyy|yy|hh|bb|tttt|digit|16|aktif|lengkap|rp|rupiah)\b"
)
LETTERS = re.compile(r"\b([a-z])((?: [a-z])+)\b")
FUZZY_FROM = 5  # shorter headings are too alike ("nik", "nkk", "kk") for guessing
FUZZY_CUTOFF = 0.86
MALE = frozenset(("l", "lk", "laki laki", "laki", "lk lk", "pria", "male", "m", "laki2", "lelaki"))
FEMALE = frozenset(("p", "pr", "perempuan", "wanita", "female", "f", "w", "prp", "prmpuan"))


def plain(label: str) -> str:
    """A heading in lower case, without accents and punctuation; spelled-out letters joined ("N I K" is "nik")."""
    text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    text = NOT_WORD.sub(" ", text).strip()
    return LETTERS.sub(lambda m: m[1] + m[2].replace(" ", ""), text)


def _joined(text: str) -> str:
    return text.replace(" ", "")


EXACT: dict[str, str] = {_joined(plain(n)): c.field for c in COLUMNS for n in (*c.names, c.field)}
OURS_PLAIN = frozenset(map(plain, OURS))
NAMES = tuple(EXACT)


def _by_pattern(text: str) -> str | None:
    for column in COLUMNS:
        if column.pattern and re.search(column.pattern, text) and not _avoided(column, text):
            return column.field
    return None


def _avoided(column: type[Column], text: str) -> bool:
    return bool(column.avoid and re.search(column.avoid, text))


def _by_likeness(text: str) -> str | None:
    """A misspelt heading; never where the look-alike would be avoided, so that a family card is never a NIK."""
    key = _joined(text)
    if len(key) < FUZZY_FROM or len(key) > 40 or ABOUT_OTHERS.search(text):
        return None
    close = get_close_matches(key, NAMES, n=1, cutoff=FUZZY_CUTOFF)
    if not close:
        return None
    field = EXACT[close[0]]
    column = next(c for c in COLUMNS if c.field == field)
    return None if _avoided(column, text) else field


@lru_cache(maxsize=20_000)
def exact_field(label: str) -> str | None:
    """The field of a heading that is written in one of the known ways."""
    text = plain(label)
    if not text or text in OURS_PLAIN:
        return None
    without = plain(BRACKETS.sub(" ", label))
    for form in (text, without, FILLER.sub("", without).strip()):
        found = EXACT.get(_joined(form))
        if found:
            return found
    return None


@lru_cache(maxsize=20_000)
def field_of(label: str) -> str | None:
    """The field that a heading names, however it is written, or None."""
    text = plain(label)
    if not text or text in OURS_PLAIN or len(text) > 80 or any(len(run) > 4 for run in re.findall(r"\d+", text)):
        return None
    return exact_field(label) or _by_pattern(text) or _by_likeness(text)


def field_under(parents: Sequence[str], child: str) -> str | None:
    """The field of a heading of two or three rows, e.g. "L" under "JENIS KELAMIN"."""
    if not parents:
        return field_of(child)
    parent = " ".join(parents)
    above = field_of(parent)
    return _tick(above, plain(child)) or _between(parent, above, child)


def _between(parent: str, above: str | None, child: str) -> str | None:
    if ABOUT_OTHERS.search(plain(parent)) and above not in ("nik", "name", "occupation"):
        return None
    if above in ("birth_place_date", "birth_date", "birth_place") and field_of(child) in (
        "birth_place",
        "birth_date",
        "birth_month",
        "birth_year",
    ):
        return field_of(child)
    if above == "group_name" and field_of(child) == "name":
        return above
    return exact_field(f"{parent} {child}") or field_of(child) or field_of(f"{parent} {child}") or above


def _tick(above: str | None, below: str) -> str | None:
    """Which of two tick columns this is; a parent is needed, for a lone "P" can be anything."""
    if above != "sex":
        return None
    return "male" if below in MALE else "female" if below in FEMALE else None
