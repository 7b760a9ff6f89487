"""Every variant in the table leads to its canonical form, and the rules come to rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.linkage.names import name_key
from salawaku.linkage.spelling import canonical, forms, plain_word, read_table, reduce_word

VARIANTS = [
    (row["canonical"], spelling)
    for row in read_table("name_variants.csv")
    if row["type"] != "title"
    for spelling in row["variants"].split(";")
    if spelling != "M."
]
RULES = [tuple(row["example"].split("/")) for row in read_table("orthographic_rules.csv")]


@pytest.mark.parametrize(("standard", "spelling"), VARIANTS)
def test_variant_has_the_key_of_its_canonical_form(standard: str, spelling: str) -> None:
    assert name_key(spelling) == name_key(standard)


@pytest.mark.parametrize(("old", "new"), RULES)
def test_rule_example(old: str, new: str) -> None:
    assert reduce_word(old.lower()) == reduce_word(new.lower())


def test_all_spellings_of_a_word_are_kept_for_finding_slips() -> None:
    assert forms("fatima")[0] == "fatima"
    assert "patima" in forms("fatima")
    assert forms("nobody") == ("nobody",)


@pytest.mark.parametrize("word", ["drs", "la", "m", "abd.", "rahaya'an", "", "nur", "é"])
def test_a_word_that_needs_its_neighbours_is_left_to_the_whole_name(word: str) -> None:
    assert plain_word(word) is None


def test_a_word_that_becomes_a_title_is_left_to_the_whole_name() -> None:
    assert canonical("hh") == "h"
    assert plain_word("hh") is None


@given(st.text("abcdehijkmopqrstuvwxyz", min_size=1, max_size=12))
def test_reducing_twice_changes_nothing(word: str) -> None:
    once = reduce_word(word)

    assert once
    assert reduce_word(once) == once
    assert canonical(canonical(word)) == canonical(word)
