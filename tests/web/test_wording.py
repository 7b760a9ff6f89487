"""Numbers, money and dates in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from salawaku.web import wording


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234567, "1.234.567", "1,234,567"),
        (-1000, "-1.000", "-1,000"),
        (None, "–", "–"),
    ],
)
def test_numbers_are_grouped(value: int | None, indonesian: str, english: str) -> None:
    assert wording.number(value, language="id") == indonesian
    assert wording.number(value, language="en") == english


@pytest.mark.parametrize(
    ("value", "text"),
    [(16800, "Rp16.800"), (0, "Rp0"), (-16800, "-Rp16.800"), (42_000_000, "Rp42.000.000"), (None, "–")],
)
def test_money_is_whole_rupiah(value: int | None, text: str) -> None:
    assert wording.rupiah(value, language="id") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (999_999, "Rp999.999"),
        (42_000_000, "Rp42 juta"),
        (940_800_000, "Rp940,8 juta"),
        (2_016_000_000, "Rp2,02 miliar"),
        (1_200_000_000_000, "Rp1,2 triliun"),
        (1_000_000_000, "Rp1 miliar"),
        (100_000_000, "Rp100 juta"),
        (None, "–"),
    ],
)
def test_large_money_is_short(value: int | None, text: str) -> None:
    assert wording.rupiah_short(value, language="id") == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 3, "33,3%"),
        (1261, 1000, "126,1%"),
        (0, 5, "0,0%"),
        (5, 0, "–"),
        (None, 5, "–"),
        (1, 2000, "0,1%"),
        (3, 3, "100,0%"),
    ],
)
def test_percent_has_one_decimal_and_is_never_clipped(part: int | None, whole: int, text: str) -> None:
    assert wording.percent(part, whole, language="id") == text


def test_decimals_round_half_up() -> None:
    assert wording.number(Decimal("0.05"), decimals=1, language="id") == "0,1"


def test_dates_are_written_out() -> None:
    assert wording.day(date(2026, 3, 12), language="id") == "12 Maret 2026"
    assert wording.day(date(2026, 3, 12), language="en") == "12 March 2026"
    assert wording.day(None) == "–"
    assert wording.month(date(2026, 8, 1), language="id") == "Agustus 2026"
    assert wording.month_short(date(2026, 8, 1), language="id") == "Agu"


def test_a_moment_is_told_in_local_time() -> None:
    evening = datetime(2026, 3, 12, 15, 5, tzinfo=UTC)
    assert wording.moment(evening, language="id") == "13 Maret 2026 pukul 00.05"
    assert wording.moment(evening, language="en") == "13 March 2026 at 00:05"
    assert wording.moment(None) == "–"


def test_the_language_of_the_page_decides() -> None:
    with translation.override("en"):
        assert wording.day(date(2026, 5, 1)) == "1 May 2026"
    with translation.override("id"):
        assert wording.day(date(2026, 5, 1)) == "1 Mei 2026"


@pytest.mark.parametrize(
    ("nik", "shown"),
    [("8171031203801234", "8171••••••••1234"), ("12345678", "••••••••"), ("123", "•••"), ("", "–"), (None, "–")],
)
def test_a_nik_is_masked(nik: str | None, shown: str) -> None:
    assert wording.masked_nik(nik) == shown
