"""Terms and lines: what both engines, contributions and benefits, stand on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np

from salawaku import law
from salawaku.law.bands import bands
from salawaku.law.basis import basis
from salawaku.law.formula import Key, Reckoning, Term, Tier
from salawaku.law.kinds import Item, Program

DAY = date(2025, 8, 1)
KEY = Key(Program.JKK, Item.DEATH_GRANT)


def test_a_scaled_term_keeps_its_floor_and_says_why() -> None:
    why = basis(law.law_now(), "relief.pp49_2020", date(2020, 9, 1))
    term = Term(KEY, (), flat=Fraction(10), tiers=(Tier(0, Fraction(1, 2)), Tier(7, Fraction(1, 4))), floor=3)
    half = term.scaled(Fraction(1, 2), why)
    assert half == Term(KEY, (why,), Fraction(5), (Tier(0, Fraction(1, 4)), Tier(7, Fraction(1, 8))), 3)


def test_situations_of_one_line_may_differ_in_kind() -> None:
    terms = {
        0: [Term(KEY, (), flat=Fraction(5, 2))],
        1: [Term(KEY, (), flat=Fraction(5, 2), tiers=(Tier(0, Fraction(1, 3)), Tier(10, Fraction(0))))],
        2: [Term(KEY, (), tiers=(Tier(0, Fraction(1, 3)),), floor=4)],
        3: [],
    }
    codes, amounts = np.array([0, 1, 1, 2, 2, 3]), np.array([30, 3, 30, 3, 30, 30])
    found = Reckoning(law.law_now(), codes, terms, amounts)
    assert found.amounts[KEY].tolist() == [3, 4, 6, 4, 10, 0]
    assert found.total.tolist() == [3, 4, 6, 4, 10, 0]


def test_flat_lines_are_rounded_and_have_their_floor() -> None:
    terms = {0: [Term(KEY, (), flat=Fraction(5, 2))], 1: [Term(KEY, (), flat=Fraction(5, 2), floor=7)]}
    found = Reckoning(law.law_now(), np.array([0, 1]), terms, np.array([0, 0]))
    assert found.amounts[KEY].tolist() == [3, 7]


def test_the_first_case_is_explained_when_none_is_named() -> None:
    found = law.death_benefits([date(2019, 12, 1), DAY], segment=law.Segment.PU)
    assert found.reckoning.lines() == found.reckoning.lines(0) == found.lines()
    assert found.lines() != found.lines(1)


def test_one_table_of_bands_serves_all_its_days() -> None:
    now = law.law_now()
    assert bands(now, DAY) is bands(now, date(2026, 1, 1))
