"""Birth dates as people write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.intake.engine.dates import birth_dates, month_number, read_date, split_place

AS_OF = date(2026, 11, 22)
WRITTEN = (
    "12-03-1980|12/03/1980|12.03.1980|12 03 1980|12 Maret 1980|12 MARET 1980|12 Mar 1980|"
    "12-Mar-1980|12maret1980|1980-03-12"
)
MORE = (
    "1980/3/12|19800312|12031980|29292|12 Mrt 1980|12 Marett 1980|March 12, 1980|Maret 12 1980|"
    "1980-03-12 00:00:00|12/3/1980."
)
NEVER = (
    "31-02-1984|32-01-1980|00-01-1980|12-13-1780|29-02-1981|12 Foo 1980|??|1980|99999|12|"
    "31021980|abc 1980|1980-02-31|May|0000"
)


def born(*texts: str | None, nik: date | None = None) -> list[date | None]:
    niks = pl.Series([nik] * len(texts), dtype=pl.Date)
    return birth_dates(pl.Series(texts, dtype=pl.String), niks, as_of=AS_OF).to_list()


@pytest.mark.parametrize("text", f"{WRITTEN}|{MORE}".split("|"))
def test_the_same_day_in_many_spellings(text: str) -> None:
    assert born(text) == [date(1980, 3, 12)]


@pytest.mark.parametrize("text", NEVER.split("|"))
def test_what_is_no_date(text: str) -> None:
    assert born(text) == [None]


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Januari", 1), ("PEBRUARI", 2), ("Febuari", 2), ("mei", 5), ("May", 5), ("Agst", 8), ("Agustuss", 8),
        ("Sept.", 9), ("Nopember", 11), ("Nov", 11), ("December", 12), ("Desembr", 12), ("Jul", 7), ("juny", None),
        ("xyz", None), ("xylophone", None),
    ],
)  # fmt: skip
def test_months(word: str, month: int | None) -> None:
    assert month_number(word) == month or (month is None and month_number(word) in (None, 6))


@pytest.mark.parametrize(
    ("text", "nik", "due"),
    [
        ("12-03-80", date(1980, 3, 12), date(1980, 3, 12)),
        ("12-03-80", None, date(1980, 3, 12)),
        ("12-03-05", None, date(2005, 3, 12)),
        ("12-03-20", None, date(1920, 3, 12)),
        ("12-03-16", date(1916, 3, 12), date(1916, 3, 12)),
        ("12-03-16", None, date(2016, 3, 12)),
        ("03/12/1980", date(1980, 3, 12), date(1980, 3, 12)),
        ("03/12/1980", date(1980, 12, 3), date(1980, 12, 3)),
        ("03/12/1980", None, date(1980, 12, 3)),
        ("03/25/1980", date(1980, 3, 25), date(1980, 3, 25)),
        ("03/25/1980", date(1980, 3, 24), None),
        ("29-02-01", None, None),
        ("29-02-00", None, date(2000, 2, 29)),
        ("1980-31-12", None, date(1980, 12, 31)),
    ],
)
def test_the_nik_decides_what_is_open(text: str, nik: date | None, due: date | None) -> None:
    assert born(text, nik=nik) == [due]


def test_a_list_that_puts_the_month_first_throughout() -> None:
    texts = ["03/25/1980", "04/26/1981", "05/27/1982", "06/07/1983", "12/31/1984"]
    niks = [date(1980, 3, 25), date(1981, 4, 26), date(1982, 5, 27), None, None]
    found = birth_dates(pl.Series(texts), pl.Series(niks, dtype=pl.Date), as_of=AS_OF).to_list()
    assert found == [*niks[:3], date(1983, 6, 7), date(1984, 12, 31)]


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("Ambon, 12 Maret 1980", "Ambon", "12 Maret 1980"),
        ("Ambon/12-03-80", "Ambon", "12-03-80"),
        ("AMBON 12-03-1980", "AMBON", "12-03-1980"),
        ("Rumah Tiga, 1 Mei 1980", "Rumah Tiga", "1 Mei 1980"),
        ("Ambon,12031980", "Ambon", "12031980"),
        ("12-03-1980", None, "12-03-1980"),
        ("Ambon", "Ambon", None),
        ("Ambon, Maret 12, 1980", "Ambon, Maret", "Maret 12, 1980"),
        (None, None, None),
    ],
)
def test_place_and_date(text: str | None, place: str | None, rest: str | None) -> None:
    assert split_place(pl.Series([text], dtype=pl.String)).row(0) == (place, rest)


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)), st.sampled_from("-/. "))
def test_every_day_is_read_back(day: date, mark: str) -> None:
    text = f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}"
    assert born(text, day.isoformat(), nik=day) == [day, day]


@given(st.text(max_size=30))
def test_no_text_stops_the_reading(text: str) -> None:
    reading = read_date(text)
    assert reading is None or 1 <= reading.month <= 12
    assert len(born(text)) == 1


def test_no_dates_at_all() -> None:
    assert born() == []
    assert born(None) == [None]
