"""The cover strip: what it says, what it draws, and that form alone tells it."""

import re
from datetime import date

import pytest

from salawaku.web.strip import AnyMonth, StripMonth, cover_strip, legend

TODAY = date(2026, 5, 22)


def months(*given: tuple[int, int, str]) -> list[AnyMonth]:
    return [StripMonth(date(year, month, 1), state, "apbd_city") for year, month, state in given]


def said(strip: str) -> str:
    found = re.search(r'aria-label="([^"]*)"', strip)
    assert found
    return found[1]


def drawn(strip: str, name: str) -> int:
    """How many cells of a form there are."""
    found = re.search(rf'<path class="{name}" d="([^"]*)"', strip)
    return found[1].count("M") if found else 0


PAID_TO_APRIL = months((2026, 3, "paid"), (2026, 4, "paid"), (2026, 5, "billed"))


def test_it_says_what_the_household_needs_to_know() -> None:
    strip = cover_strip(PAID_TO_APRIL, today=TODAY, membership_end=date(2026, 8, 1), language="id")
    assert said(strip) == ("terlindungi sampai 30 April 2026; Mei belum dibayar; kepesertaan berakhir 1 Agustus 2026")


def test_it_says_the_same_in_english() -> None:
    strip = cover_strip(PAID_TO_APRIL, today=TODAY, membership_end=date(2026, 8, 1), language="en")
    assert said(strip) == "covered until 30 April 2026; May not yet paid; membership ends on 1 August 2026"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "belum ada bulan yang dibayar; Mei tidak ada yang membayar"),
        ([(2026, 5, "paid")], "terlindungi sampai 31 Mei 2026"),
        ([(2025, 12, "paid")], "terlindungi sampai 31 Desember 2025; Januari sampai Mei tidak ada yang membayar"),
        (
            [(2025, 10, "paid")],
            "terlindungi sampai 31 Oktober 2025; November 2025 sampai Mei 2026 tidak ada yang membayar",
        ),
        (
            [(2026, 3, "paid"), (2026, 4, "billed"), (2026, 5, "decreed")],
            "terlindungi sampai 31 Maret 2026; April belum dibayar; Mei belum ditagih",
        ),
        ([(2026, 5, "decreed"), (2026, 6, "decreed")], "belum ada bulan yang dibayar; Mei belum ditagih"),
        ([(2026, 4, "paid"), (2026, 5, "gap")], "terlindungi sampai 30 April 2026; Mei tidak ada yang membayar"),
    ],
)
def test_unpaid_months_are_named_in_runs(given: list[tuple[int, int, str]], sentence: str) -> None:
    assert said(cover_strip(months(*given), today=TODAY, language="id")) == sentence


def test_an_ended_membership_and_a_coming_full_benefit_are_told() -> None:
    strip = cover_strip(
        PAID_TO_APRIL, today=TODAY, membership_end=TODAY, full_benefit_from=date(2026, 6, 1), language="id"
    )
    assert "kepesertaan sudah berakhir 22 Mei 2026" in said(strip)
    assert "santunan kematian penuh mulai 1 Juni 2026" in said(strip)
    assert "santunan" not in said(cover_strip(PAID_TO_APRIL, today=TODAY, full_benefit_from=TODAY, language="id"))


def test_each_state_has_a_form_of_its_own() -> None:
    given = months((2026, 1, "paid"), (2026, 2, "paid"), (2026, 4, "billed"), (2026, 5, "decreed"))
    strip = cover_strip(given, today=TODAY, cells=12, language="id")
    assert drawn(strip, "paid") == 2
    assert drawn(strip, "gap") == 1, "March lies between paid months and is a hole"
    assert drawn(strip, "billed") == drawn(strip, "frame") == 1
    assert drawn(strip, "decreed") == 1
    assert drawn(strip, "open") == 7, "months before the first are no holes"


@pytest.mark.parametrize("cells", [12, 24, 36])
def test_it_has_as_many_cells_as_asked(cells: int) -> None:
    strip = cover_strip(PAID_TO_APRIL, today=TODAY, cells=cells, language="id")
    forms = ("paid", "frame", "decreed", "gap", "open")
    assert sum(drawn(strip, name) for name in forms) == cells
    assert f'viewBox="0 0 {cells * 14} ' in strip


def test_this_month_stays_in_sight_however_far_the_decree_reaches() -> None:
    given = months(*((2026 + at // 12, at % 12 + 1, "decreed") for at in range(4, 60)))
    strip = cover_strip(given, today=TODAY, cells=12, language="id")
    assert 'class="today"' in strip
    assert drawn(strip, "decreed") == 7


def test_the_payer_is_told_by_the_pattern_of_the_line() -> None:
    given = [
        StripMonth(date(2026, 3, 1), "paid", "apbd_city"),
        StripMonth(date(2026, 4, 1), "paid", "apbd_city"),
        StripMonth(date(2026, 5, 1), "paid", "csr"),
    ]
    lines = re.findall(r'<path class="payer"[^>]*>', cover_strip(given, today=TODAY, language="id"))
    assert len(lines) == 2
    assert "stroke-dasharray" not in lines[0]
    assert "stroke-dasharray" in lines[1]


def test_marks_stand_only_where_they_fall_on_the_strip() -> None:
    near = cover_strip(
        PAID_TO_APRIL, today=TODAY, membership_end=date(2026, 8, 1), full_benefit_from=date(2026, 6, 1)
    )
    assert 'class="end"' in near
    assert 'class="full"' in near
    far = cover_strip(PAID_TO_APRIL, today=TODAY, membership_end=date(2020, 1, 1), full_benefit_from=date(2040, 1, 1))
    assert 'class="end"' not in far
    assert 'class="full"' not in far


def test_the_small_strip_is_small_and_the_large_one_explains_each_month() -> None:
    small = cover_strip(PAID_TO_APRIL, today=TODAY, cells=12, language="id")
    assert "<text" not in small
    assert len(small) < 1000
    large = cover_strip(PAID_TO_APRIL, today=TODAY, language="id")
    assert "<title>April 2026: dibayar (APBD kota)</title>" in large
    assert ">2026</text>" in large


def test_a_strip_that_begins_long_before_january_names_its_first_month() -> None:
    given = months((2026, 7, "paid"))
    assert ">Jun 2025</text>" in cover_strip(given, today=date(2026, 7, 2), cells=14, language="id")


def test_nothing_in_it_needs_a_style_or_a_colour() -> None:
    strip = cover_strip(PAID_TO_APRIL, today=TODAY, language="id")
    assert "style=" not in strip
    assert "#" not in strip


def test_the_legend_names_every_form() -> None:
    assert len(legend()) == 7
    assert all("<svg" in drawing and word for drawing, word in legend())
