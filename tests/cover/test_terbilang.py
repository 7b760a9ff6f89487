"""Numbers in Indonesian words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.cover.terbilang import LARGEST, rupiah_in_words, terbilang

SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
ONES = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
# What the word makes of the number before it: "dua belas" is 2 + 10, "dua puluh" 2 + 9 × 2.
AFTER = {"belas": lambda n: 10, "puluh": lambda n: 9 * n, "ratus": lambda n: 99 * n}


def read_back(words: str) -> int:
    """What a reader makes of the words."""
    total = group = last = 0
    for word in words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in ONES:
            last = ONES.index(word) + 1
            group += last
        elif word in AFTER:
            group += AFTER[word](last)
        else:
            total += group * SIZES[word]
            group = 0
    return total + group


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (16_800, "enam belas ribu delapan ratus"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (222_600_000, "dua ratus dua puluh dua juta enam ratus ribu"),
        (
            177_878_400,
            "seratus tujuh puluh tujuh juta delapan ratus tujuh puluh delapan ribu empat ratus",
        ),
        (1_000_000_000_001, "satu triliun satu"),
        (-5, "minus lima"),
    ],
)
def test_numbers_are_spoken_as_people_speak_them(number: int, words: str) -> None:
    assert terbilang(number) == words


def test_an_amount_names_the_currency() -> None:
    assert rupiah_in_words(16_800) == "Enam belas ribu delapan ratus rupiah"


def test_what_no_budget_has_is_an_error() -> None:
    assert terbilang(LARGEST).startswith("sembilan ratus")
    for number in (LARGEST + 1, -LARGEST - 1):
        with pytest.raises(ValueError, match="too large"):
            terbilang(number)


@given(st.integers(min_value=1, max_value=LARGEST))
def test_words_read_back_are_the_number(number: int) -> None:
    assert read_back(terbilang(number)) == number
    assert "  " not in terbilang(number)


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=10**7))
def test_no_two_numbers_are_spoken_alike(one: int, other: int) -> None:
    assert (terbilang(one) == terbilang(other)) == (one == other)
