"""Every reference vector, the repairs, the century, and the two readers agreeing with each other."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.linkage.nik import clean_nik, read_nik, read_niks

AS_OF = date(2026, 11, 22)
DISTRICTS = {"81.71.01", "81.71.02", "92.02.03", "93.01.01", "96.71.01", "91.01.01"}
VECTORS = list(csv.DictReader((Path(__file__).parent / "data" / "nik_test_vectors.csv").open(encoding="utf-8")))
OUTCOME = {
    "ok": (None, ()),
    "ok_after_clean": (None, ()),
    "warn_serial": (None, ("serial_zero",)),
    "warn_region": (None, ("unknown_region",)),
    "error_date": ("date", ()),
    "error_length": ("length", ()),
    "error_excel": ("nondigit", ()),
    "error_format": ("nondigit", ()),
    "suspicious": ("placeholder", ()),
    "error_empty": ("missing", ()),
}


@pytest.mark.parametrize("vector", VECTORS, ids=[f"{v['input']}: {v['why']}" for v in VECTORS])
def test_reference_vector(vector: dict[str, str]) -> None:
    reading = read_nik(vector["input"], as_of=AS_OF, regions=DISTRICTS)

    assert (reading.problem, reading.warnings) == OUTCOME[vector["expected"]]
    if vector["expected"] == "ok_after_clean":
        assert reading.value == "8171010101900001"


@pytest.mark.parametrize(
    "text",
    [
        "'8171010101900001",
        "’8171010101900001`",
        " 8171010101900001 ",
        "8171\u00a00101\u20090190\u202f0001",
        "81.71.01.010190.0001",
        "817101-010190-0001",
        "817101–010190—0001",
        "\ufeff8171010101900001\u200b",
        "8171010101900001\t\n",
    ],
)
def test_repairs_are_silent(text: str) -> None:
    assert clean_nik(text) == "8171010101900001"
    assert read_nik(text, as_of=AS_OF).problem is None


@pytest.mark.parametrize("text", [None, "", "  ", "-", "'", "\u200b", "\u00a0"])
def test_nothing_left_is_missing(text: str | None) -> None:
    assert clean_nik(text) is None
    assert read_nik(text, as_of=AS_OF).problem == "missing"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("8171010101900000.0", "nondigit"),
        ("8171010101900001.", "nondigit"),
        ("8,17101E+15", "nondigit"),
        ("８１７１０１０１０１９００００１", "nondigit"),
        ("81710101019000O1X", "nondigit"),
        ("9", "length"),
        ("8171010101900001/8171010101900002", "nondigit"),
        ("8171013002900001", "date"),
        ("8171013104900001", "date"),
        ("1212121212121212", "placeholder"),
        ("0101010101010101", "placeholder"),
    ],
)
def test_problem(text: str, problem: str) -> None:
    reading = read_nik(text, as_of=AS_OF)

    assert reading.problem == problem
    assert (reading.birth_date, reading.sex, reading.region, reading.warnings) == (None, None, None, ())


@pytest.mark.parametrize(
    ("digits", "as_of", "born"),
    [
        ("010130", AS_OF, date(1930, 1, 1)),
        ("010110", AS_OF, date(2010, 1, 1)),
        ("221126", AS_OF, date(2026, 11, 22)),
        ("231126", AS_OF, date(1926, 11, 23)),
        ("290200", AS_OF, date(2000, 2, 29)),
        ("290204", date(2003, 1, 1), date(1904, 2, 29)),
    ],
)
def test_century_never_lies_in_the_future(digits: str, as_of: date, born: date) -> None:
    assert read_nik(f"817103{digits}0007", as_of=as_of).birth_date == born


def test_a_reading_holds_all_a_nik_tells() -> None:
    reading = read_nik("8171037112950002", as_of=AS_OF)

    assert reading.value == "8171037112950002"
    assert (reading.birth_date, reading.sex, reading.region) == (date(1995, 12, 31), "F", "81.71.03")


def test_without_a_date_the_present_counts() -> None:
    assert read_nik("8171010101300001").birth_date == date(1930, 1, 1)


def test_no_region_is_unknown_without_a_list_of_regions() -> None:
    assert read_nik("9971010101900001", as_of=AS_OF).warnings == ()


def test_a_column_of_anything_keeps_its_rows() -> None:
    frame = read_niks(pl.Series(["8171010101900001", None, "x", "8171013002900001"]), as_of=AS_OF)

    assert frame.columns == ["nik", "problem", "birth_date", "sex", "district", "serial_zero"]
    assert frame["problem"].to_list() == [None, "missing", "nondigit", "date"]
    assert frame["nik"].to_list() == ["8171010101900001", None, "x", "8171013002900001"]
    assert frame["serial_zero"].to_list() == [False] * 4


def test_an_empty_column_stays_empty() -> None:
    assert read_niks(pl.Series([], dtype=pl.Null), as_of=AS_OF).height == 0


@given(st.dates(date(1927, 1, 1), date(2026, 11, 22)), st.sampled_from("MF"), st.integers(1, 9999))
def test_what_a_nik_was_made_of_is_read_back(born: date, sex: str, serial: int) -> None:
    day = born.day + (40 if sex == "F" else 0)
    reading = read_nik(f"817102{day:02}{born:%m%y}{serial:04}", as_of=AS_OF)

    assert (reading.birth_date, reading.sex, reading.region) == (born, sex, "81.71.02")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_nik(text)

    assert clean_nik(once) == once


@given(st.lists(st.one_of(st.none(), st.text(max_size=20), st.from_regex(r"\A[0-9]{16}\Z")), max_size=8))
def test_every_value_has_a_problem_or_all_its_parts(texts: list[str | None]) -> None:
    for row in read_niks(pl.Series(texts, dtype=pl.String), as_of=AS_OF).iter_rows(named=True):
        whole = [row["birth_date"], row["sex"], row["district"]]
        assert all(part is None for part in whole) if row["problem"] else None not in whole
