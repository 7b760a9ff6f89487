"""The checks of a list as columns: what each text means and which codes its row earns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from salawaku.intake.engine.cells import replaced
from salawaku.intake.engine.dates import birth_dates, split_place
from salawaku.intake.engine.numbers import deciles, incomes, phones
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.sexes import sexes, ticked
from salawaku.intake.engine.trades import EXCLUDED, Occupations
from salawaku.linkage.nik import read_niks

NOTHING_WRITTEN = r"^[\s\-–—._/?0]*$"
# An unclosed quotation mark runs whole rows together into one "name", too long for the register's indexes.
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Criteria:
    """Who may be proposed: completed years of age on the as-of date, and occupations left out."""

    youngest: int = 18
    oldest: int = 64
    excluded: frozenset[str] = EXCLUDED


@dataclass(frozen=True, slots=True)
class Checker:
    """Turns raw texts into values and codes, list by list."""

    places: Places
    occupations: Occupations
    as_of: date
    criteria: Criteria = Criteria()

    def check(self, raw: pl.DataFrame, hints: tuple[str, ...], district: str) -> pl.DataFrame:
        """The rows of one list with values, `codes` and the texts as they stood (`raw_…`)."""
        numbers = read_niks(raw["nik"], as_of=self.as_of)
        numbers = numbers.rename({"birth_date": "nik_birth", "sex": "nik_sex", "district": "nik_district"}).drop(
            "serial_zero"
        )
        rows = pl.concat(
            [raw.rename({n: f"raw_{n}" for n in raw.columns if n not in ("sheet", "row", "section")}), numbers],
            how="horizontal",
        )
        rows = self._born(rows)
        rows = self._plain_fields(rows)
        rows = self._placed(rows, hints, district)
        rows = rows.with_columns(occupation=_looked_up(rows["raw_occupation"], self.occupations.find))
        return self._coded(rows)

    def _born(self, rows: pl.DataFrame) -> pl.DataFrame:
        both = split_place(rows["raw_birth_place_date"])
        dates = split_place(rows["raw_birth_date"])  # a place before the date also under "TGL LAHIR"
        rows = rows.with_columns(
            date_text=pl.coalesce(dates["date"], rows["raw_birth_date"], both["date"]),
            born_text=pl.coalesce(rows["raw_birth_date"], rows["raw_birth_place_date"]),
            birth_place=pl.coalesce(rows["raw_birth_place"], both["place"], dates["place"]),
        )
        return rows.with_columns(birth_date=birth_dates(rows["date_text"], rows["nik_birth"], as_of=self.as_of))

    def _plain_fields(self, rows: pl.DataFrame) -> pl.DataFrame:
        stated = pl.coalesce(pl.lit(rows["raw_sex"]), pl.lit(ticked(rows["raw_male"], rows["raw_female"])))
        rows = rows.with_columns(sex_text=stated)
        pair = pl.col("raw_rt_rw").str.extract_groups(r"^\D*(\d{1,3})\D+(\d{1,3})")
        return rows.with_columns(
            name=_name(),
            stated_sex=sexes(rows["sex_text"]),
            income=incomes(rows["raw_income"]),
            phone=phones("raw_phone"),
            decile=deciles("raw_decile"),
            family_card=pl.col("raw_family_card").str.replace_all(r"[\s.'`\-]", ""),
            rt=pl.coalesce("raw_rt", pair.struct[0]),
            rw=pl.coalesce("raw_rw", pair.struct[1]),
            address=pl.col("raw_address"),
            district=pl.col("raw_district"),
            group_name=pl.col("raw_group_name"),
            note=pl.col("raw_note"),
        ).with_columns(sex=pl.coalesce("stated_sex", "nik_sex"))

    def _placed(self, rows: pl.DataFrame, hints: tuple[str, ...], district: str) -> pl.DataFrame:
        """The village of each row: its own cell, the subheading above it, or what is known about the whole list."""
        keys = ["raw_village", "raw_district", "section"]
        unique = rows.select(keys).unique()
        found = [
            self._village(text, within or district, (section,) if section else hints)
            for text, within, section in unique.iter_rows()
        ]
        table = unique.with_columns(
            village=pl.Series([c[0] if len(c) == 1 else None for c in found], dtype=pl.String),
            village_open=pl.Series([len(c) > 1 for c in found], dtype=pl.Boolean),
        )
        return rows.join(table, on=keys, how="left", nulls_equal=True, maintain_order="left")

    def _village(self, text: str | None, district: str, known: tuple[str, ...]) -> tuple[str, ...]:
        """Codes that a cell can mean; what the list tells fills empty cells and decides between namesakes."""
        if not text or not any(c.isalnum() for c in text):
            return known
        codes = self.places.find(text, district).codes
        narrowed = tuple(c for c in codes if c in known)
        return narrowed if len(codes) > 1 and len(narrowed) == 1 else codes

    def _coded(self, rows: pl.DataFrame) -> pl.DataFrame:
        rows = rows.with_columns(_impossible_nik())
        rejects = self._rejects() | {"nik.birth_mismatch": pl.col("impossible")}
        sets = {"rejects": rejects, "reviews": self._reviews(), "warnings": self._warnings()}
        for name, conditions in sets.items():
            rows = _with_codes(rows, name, conditions)
        return rows

    def _rejects(self) -> dict[str, pl.Expr]:
        written = _written("born_text")
        youngest, oldest = (
            _years_before(self.as_of, self.criteria.youngest),
            _years_before(self.as_of, self.criteria.oldest + 1),
        )
        born = pl.col("birth_date")
        return {
            "nik.missing": pl.col("problem") == "missing",
            "nik.length": pl.col("problem") == "length",
            "nik.nondigit": pl.col("problem") == "nondigit",
            "name.missing": pl.col("name").is_null(),
            "birth_date.missing": born.is_null() & ~written,
            "birth_date.invalid": born.is_null() & written,
            "eligibility.age": (born > youngest) | (born <= oldest),
            "eligibility.excluded_occupation": pl.col("occupation").is_in(sorted(self.criteria.excluded)),
        }

    @staticmethod
    def _reviews() -> dict[str, pl.Expr]:
        return {
            "occupation.unknown": pl.col("occupation").is_null(),
            "village.unknown": pl.col("village").is_null() & ~pl.col("village_open"),
            "village.ambiguous": pl.col("village_open"),
        }

    def _warnings(self) -> dict[str, pl.Expr]:
        born, held = pl.col("birth_date"), pl.col("nik_birth")
        differs = (
            (born.dt.day() != held.dt.day())
            | (born.dt.month() != held.dt.month())
            | (born.dt.year() % 100 != held.dt.year() % 100)
        )
        # A NIK whose own date is impossible is passed on as a warning only where day and month agree.
        no_date = pl.col("problem") == "date"
        known = pl.col("nik_district").str.replace_all(".", "", literal=True).is_in(self.places.known_districts)
        return {
            "nik.birth_mismatch": differs.fill_null(value=False) | no_date,
            "nik.sex_mismatch": pl.col("stated_sex") != pl.col("nik_sex"),
            "nik.unknown_region": ~known,
        }


def _impossible_nik() -> pl.Expr:
    """A NIK with no date in it, unless day and month agree with the stated birth date and only the year is off."""
    day, month = (pl.col("nik").str.slice(start, 2).cast(pl.Int32, strict=False) for start in (6, 8))
    agrees = ((day % 40) == pl.col("birth_date").dt.day()) & (month == pl.col("birth_date").dt.month()) & (day <= 71)
    spared = (pl.col("problem") == "date") & agrees.fill_null(value=False)
    return (pl.col("problem").is_in(["date", "placeholder"]) & ~spared).fill_null(value=False).alias("impossible")


def _with_codes(rows: pl.DataFrame, name: str, conditions: dict[str, pl.Expr]) -> pl.DataFrame:
    """The codes whose condition holds, as a list; as bits first, because few combinations occur among many rows."""
    bits = [
        condition.fill_null(value=False).cast(pl.UInt32) * 2**n for n, condition in enumerate(conditions.values())
    ]
    rows = rows.with_columns(pl.sum_horizontal(bits).cast(pl.UInt32).alias("bits"))
    seen = rows["bits"].unique().to_list()
    lists = [[code for n, code in enumerate(conditions) if value >> n & 1] for value in seen]
    table = pl.DataFrame({"bits": seen, name: lists}, schema={"bits": pl.UInt32, name: pl.List(pl.String)})
    return rows.join(table, on="bits", how="left", maintain_order="left").drop("bits")


def _name() -> pl.Expr:
    tidy = pl.col("raw_name").str.replace_all(r"\s+", " ").str.strip_chars(" '`*")
    is_name = tidy.str.contains(r"\p{L}") & (tidy.str.len_chars() <= LONGEST_NAME)
    return pl.when(is_name).then(tidy).alias("name")


def _written(name: str) -> pl.Expr:
    return (pl.col(name).is_not_null() & ~pl.col(name).str.contains(NOTHING_WRITTEN)).fill_null(value=False)


def _looked_up(texts: pl.Series, find: Callable[[str], str | None]) -> pl.Series:
    return replaced(texts, {t: find(t) for t in texts.unique().to_list() if t}, pl.String)


def _years_before(day: date, years: int) -> date:
    """The same day some years earlier; 29 February falls to the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
