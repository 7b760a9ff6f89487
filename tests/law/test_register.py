"""The register: values by date, overlays, spells, the hash."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku import law
from salawaku.law.register import (
    BEGINNING,
    END,
    Change,
    Confidence,
    OutsideValidityError,
    Text,
    UnknownParameterError,
    percent_text,
)
from tests.law.small import WORDS, parameter, register, value

OLD = value(date(2020, 1, 1), date(2020, 12, 31), 1)
NEW = value(date(2021, 1, 1), None, 2)
DAYS = st.dates(date(2019, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "number"), [(date(2020, 1, 1), 1), (date(2020, 12, 31), 1), (date(2021, 1, 1), 2), (END, 2)]
)
def test_a_value_holds_from_its_first_to_its_last_day(day: date, number: int) -> None:
    assert register(OLD, NEW).at("uji.angka", day) == number


def test_a_day_without_a_value_is_an_error_that_names_both() -> None:
    with pytest.raises(OutsideValidityError, match=r"uji\.angka is not known for 2019-12-31") as told:
        register(OLD).at("uji.angka", date(2019, 12, 31))
    assert (told.value.parameter, told.value.day) == ("uji.angka", date(2019, 12, 31))
    with pytest.raises(OutsideValidityError):
        register(OLD).at("uji.angka", date(2021, 1, 1))


def test_an_unknown_beginning_and_an_open_end_hold_for_ever() -> None:
    always = register(value(None, None, 3))
    assert {always.at("uji.angka", day) for day in (BEGINNING, date(2026, 1, 1), END)} == {3}


def test_cases_hold_side_by_side() -> None:
    found = register(value(None, None, 1, case="darat"), value(None, None, 2, case="laut"))
    assert [found.at("uji.angka", END, case) for case in ("darat", "laut")] == [1, 2]
    with pytest.raises(OutsideValidityError):
        found.at("uji.angka", END)


def test_an_unknown_parameter_is_an_error() -> None:
    found = register(OLD)
    assert "uji.angka" in found
    assert "uji.lain" not in found
    with pytest.raises(UnknownParameterError, match=r"uji\.lain"):
        found.at("uji.lain", END)
    with pytest.raises(UnknownParameterError):
        found.overlay([Change("uji.lain", OLD)])


@given(DAYS, DAYS, DAYS)
def test_an_overlay_holds_on_its_days_and_the_law_on_the_others(one: date, other: date, day: date) -> None:
    begin, end = sorted((one, other))
    base = register(OLD, NEW)
    found = base.overlay([Change("uji.angka", value(begin, end, 9))])
    if begin <= day <= end:
        assert found.at("uji.angka", day) == 9
    elif day < OLD.first_day:
        with pytest.raises(OutsideValidityError):
            found.at("uji.angka", day)
    else:
        assert found.at("uji.angka", day) == base.at("uji.angka", day)
    assert base["uji.angka"].values == (OLD, NEW)
    series = found["uji.angka"].values
    assert all(before.last_day < after.first_day for before, after in itertools.pairwise(series))


def test_an_overlay_leaves_other_cases_alone() -> None:
    sea = value(None, None, 2, case="laut")
    found = register(value(None, None, 1, case="darat"), sea).overlay(
        [Change("uji.angka", value(None, None, 9, case="darat"))]
    )
    assert [found.at("uji.angka", END, case) for case in ("darat", "laut")] == [9, 2]


def test_the_hash_changes_with_what_the_law_says_and_not_with_its_wording() -> None:
    base = register(OLD, NEW)
    assert base.hash == register(OLD, NEW).hash
    assert base.hash != register(OLD).hash
    assert base.hash != base.overlay([Change("uji.angka", value(date(2021, 1, 1), None, 3))]).hash
    assert base.hash == register(OLD, value(NEW.begin, NEW.end, 2, note=Text("catatan", "a note"))).hash


def test_the_hash_of_the_law_is_64_hexadecimal_digits() -> None:
    assert len(law.law_now().hash) == 64
    int(law.law_now().hash, 16)


@given(DAYS, DAYS)
def test_days_within_one_spell_are_treated_alike(one: date, other: date) -> None:
    found = register(OLD, NEW, value(None, None, 0, case="x"))
    first, second = found.spells.of(np.array([one.toordinal(), other.toordinal()]))
    same = [(v.holds(one) == v.holds(other)) for v in (OLD, NEW)]
    assert (first == second) == all(same)
    assert found.spells.starts[first] <= one


def test_spells_begin_the_day_after_an_end() -> None:
    assert register(OLD).spells.starts == (BEGINNING, date(2020, 1, 1), OLD.last_day + timedelta(days=1))


@pytest.mark.parametrize("sure", list(Confidence))
def test_a_lawyer_looks_at_what_is_unsure_or_contested(sure: Confidence) -> None:
    from dataclasses import replace

    plain = parameter(replace(OLD, confidence=sure))
    assert plain.to_confirm == (sure in {Confidence.MIXED, Confidence.MEMORY})
    assert parameter(replace(OLD, confidence=sure, contested=WORDS)).to_confirm


def test_the_subject_is_the_first_word() -> None:
    assert parameter(OLD).subject == "uji"


@pytest.mark.parametrize(
    ("share", "text"),
    [("1/100", "1%"), ("24/10000", "0.24%"), ("45/1000", "4.5%"), ("1", "100%"), ("0", "0%"), ("1/3", "33.333333%")],
)
def test_a_share_is_written_as_a_percentage(share: str, text: str) -> None:
    assert percent_text(Fraction(share)) == text


def test_a_text_prints_in_english() -> None:
    assert str(Text("satu", "one")) == "one"
