"""Villages of the home region by name, kind and district, as people write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from salawaku.intake.engine.spelling import distance, letters, sounds

KINDS = {"1": "kelurahan", "2": "desa"}
PREFIX = re.compile(
    r"^(?:(?P<desa>desa|negeri|ngri|ngr|neg|ds|des|village|negri)|(?P<kelurahan>kelurahan|kel|klrhn|kelurhan|lurah)"
    r"|(?P<kecamatan>kecamatan|kec|district)|(?:kampung|kp|dusun|dsn))\b[\s.:/\-]*",
    re.IGNORECASE,
)
SLASH_KINDS = re.compile(
    r"^(?:(?:desa|negeri|kelurahan|kel|ds)\s*/\s*)+(?:desa|negeri|kelurahan|kel|ds)\b[\s.:\-]*", re.IGNORECASE
)
TAIL = re.compile(
    r"[\s,;(\-]+(?P<word>kec|kecamatan|kota|kab|kabupaten|prov|provinsi|tahun|thn|rt|rw|maluku)\b[\s.:]*(?P<rest>.*)$",
    re.IGNORECASE,
)
SHORT = {
    "bsr": "besar", "kcl": "kecil", "bt": "batu", "btu": "batu", "rmh": "rumah", "kr": "karang", "krg": "karang",
    "gjh": "gajah", "mj": "meja", "lm": "lama", "tlk": "teluk", "pjg": "panjang", "pnjg": "panjang",
    "3": "tiga", "2": "dua",
}  # fmt: skip
FUZZY_FROM = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The villages that a text can mean, and whether it is one, several or none."""

    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """The only village meant, if there is only one."""
        return self.codes[0] if len(self.codes) == 1 else None


NOTHING = Found()


class Places:
    """Looks village names up in one home region; needs no database."""

    def __init__(self, frame: pl.DataFrame, home_region: str, known_districts: Iterable[str] = ()) -> None:
        """`frame`: code, name, and optionally aliases (text parted by ;). Other columns are not needed."""
        self.home_region = home_region
        self.known_districts = pl.Series(sorted(set(known_districts)), dtype=pl.String).implode()
        if "aliases" not in frame.columns:
            frame = frame.with_columns(aliases=pl.lit(""))
        home = frame.filter(pl.col("code").str.starts_with(home_region))
        self._villages: dict[str, str] = {}
        self._districts: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._cache: dict[tuple[str, str], Found] = {}
        for code, name, aliases in home.select("code", "name", pl.col("aliases").fill_null("")).iter_rows():
            self._add(code, name, aliases)

    def _add(self, code: str, name: str, aliases: str) -> None:
        if len(code) == 8:
            self._districts[letters(name)] = code
        if len(code) != 13:
            return
        self._villages[code] = name
        forms = [name, *name.split("/"), *filter(None, aliases.split(";"))]
        for form in forms:
            for key in (letters(form), sounds(form)):
                self._by_key[key].add(code)

    @classmethod
    def shipped(cls, home_region: str = "81.71") -> Places:
        """The villages of the shipped region table."""
        from salawaku.regions.table import region_table

        table = region_table()
        return cls(table.with_columns(_aliases()), home_region, known_districts(table))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the villages of the home region, in order."""
        return tuple(sorted(self._villages))

    def name(self, code: str) -> str:
        """The village's name without its kind, or the code where it is not of the home region."""
        return self._villages.get(code, code)

    def district(self, text: str) -> str | None:
        """The code of a district of the home region by name."""
        without = re.sub(r"^(kecamatan|kec)\b[\s.:]*", "", text.strip(), flags=re.IGNORECASE)
        return self._districts.get(letters(without))

    def find(self, text: str, district: str = "") -> Found:
        """The villages that `text` can mean; `district` (a name) decides between namesakes."""
        key = (text, district)
        if key not in self._cache:
            self._cache[key] = self._find(text, district)
        return self._cache[key]

    def _find(self, text: str, district: str) -> Found:
        if re.fullmatch(r"\d{2}\.\d{2}\.\d{2}\.\d{4}|\d{10}", text):
            return self._by_code(text)
        tail = TAIL.search(text)
        if tail:
            if tail["word"].lower().startswith("kec") and not district:
                district = tail["rest"]
            text = text[: tail.start()]
        kind, names = _without_kinds(text.strip())
        if kind == "kecamatan":
            return NOTHING
        codes = set().union(*map(self._named, names)) or self._alike(names[-1])
        return Found(tuple(sorted(self._narrow(codes, kind, district))))

    def _by_code(self, text: str) -> Found:
        digits = text.replace(".", "")
        code = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"
        return Found((code,)) if code in self._villages else NOTHING

    def _named(self, name: str) -> set[str]:
        long = " ".join(SHORT.get(w.lower().strip("."), w) for w in re.split(r"[\s.]+", name) if w)
        for key in (letters(name), letters(long), sounds(long)):
            if key in self._by_key:
                return set(self._by_key[key])
        return set()

    def _alike(self, name: str) -> set[str]:
        """Villages one slip of the pen away (two in long names), only if no other is as near."""
        key = sounds(name)
        if len(key) < FUZZY_FROM:
            return set()
        limit = 2 if len(key) > 7 else 1
        near = [(d, known) for known in self._by_key if (d := distance(key, known, limit)) <= limit]
        if not near:
            return set()
        best = min(d for d, _ in near)
        codes = set().union(*(self._by_key[known] for d, known in near if d == best))
        return codes if len({self._villages[c] for c in codes}) == 1 else set()

    def _narrow(self, codes: set[str], kind: str, district: str) -> set[str]:
        """Namesakes apart by kind and district; a wrong kind before a name that stands alone does no harm."""
        of_kind = {c for c in codes if KINDS.get(c[9]) == kind}
        codes = of_kind or codes
        prefix = self.district(district) if district and len(codes) > 1 else None
        within = {c for c in codes if prefix and c.startswith(prefix)}
        return within or codes


def _without_kinds(text: str) -> tuple[str, list[str]]:
    """("desa", ["Negeri Passo", "Passo"]): the nearest kind, and the text with and without the kinds before it.

    A name may itself begin with a kind (Negeri Lama); several kinds parted by a slash say nothing about the kind.
    """
    kind, names = "", [text]
    while found := SLASH_KINDS.match(names[-1]) or PREFIX.match(names[-1]):
        rest = names[-1][found.end() :]
        if not rest:
            break
        kind = next((k for k, v in found.groupdict().items() if v), "")
        names.append(rest)
    return kind, names


def _aliases() -> pl.Expr:
    return pl.col("code").replace_strict(ALIASES, default="", return_dtype=pl.String).alias("aliases")


# Spellings met in lists of Ambon that no rule derives.
ALIASES = {
    "81.71.04.2001": "Hunut;Hunuth Durian Patah;Hunut Durian Patah;Durian Patah Hunuth",
    "81.71.05.2005": "Hatalae",
    "81.71.04.2003": "Rumatiga;Rumah 3",
    "81.71.04.2006": "Hatiwe Besar",
    "81.71.02.2001": "Hatiwe Kecil",
}  # fmt: skip

# Regencies numbered anew when provinces were divided (Papua 2022, North Kalimantan 2012); NIKs keep the old number.
FORMER_REGENCIES = (
    *(f"91{n:02d}" for n in (*range(1, 29), 71)),
    *(f"92{n:02d}" for n in (*range(1, 13), 71)),
    "6404", "6406", "6407", "6410", "6473",
)  # fmt: skip


MOST_DISTRICTS = 60  # no regency of any edition counts more; beyond lies what people invent (00, 99)


def known_districts(table: pl.DataFrame) -> frozenset[str]:
    """The first six digits a NIK can have: every district of the table, and any number that a district of a known
    regency may have had in another edition, for districts were divided and numbered anew many times."""
    codes = table.filter(pl.col("code").str.len_chars() == 8)["code"].str.replace_all(".", "", literal=True)
    regencies = {code[:4] for code in codes} | set(FORMER_REGENCIES)
    return frozenset(codes) | {f"{r}{n:02d}" for r in regencies for n in range(1, MOST_DISTRICTS + 1)}
