"""Slips are forgiven, other names are not, and twins stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.linkage.agreement import NONE, PART, WEAK, WHOLE, judge
from salawaku.linkage.names import name_key
from salawaku.linkage.spelling import read_table

KNOWN = [row["name"] for row in read_table("known_names.csv")]
KEYS = st.lists(
    st.one_of(st.sampled_from(KNOWN), st.text("abdeiklmnorstu", min_size=1, max_size=9)), min_size=1, max_size=4
).map(lambda words: name_key(" ".join(words)) or "")


def level(one: str, other: str) -> int:
    return judge(name_key(one) or "", name_key(other) or "").level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferdinand Tomasoa", "Ferdinnd Tomasoa"),
        ("Gerson Rumthe", "Gerson Rmthe"),
        ("Benjamin Albert Letlora", "Benjamin Albert Ltelora"),
        ("Robby Jonny Alfons", "Robby Jnony Alfons"),
        ("Helena Saija", "Helena Siaja"),
        ("Marthina Yohana Wael", "Martha Johana Wael"),
        ("Marta Grace Kissya", "Mata Grace Kissya"),
        ("Abdurrahman Tuasikal", "Abdul Rahman Tuasikal"),
        ("Rosmini Hehamahua", "Rosmini Hehamauha"),
        ("Maria Patty", "Patty Maria"),
        ("A. La Madi Sahubawa", "Abdul La Madi Sahubawa"),
        ("Muhammad Ali Pelu", "Ali Pelu"),
        ("Siti Rukia", "Rukia"),
        ("Maria", "Maira"),
        ("Yulianti Rumakat", "Yulienti Rumakat"),
        ("Oktovianus Letelay", "Oktovinaus Letelai"),
    ],
)
def test_the_whole_name_agrees(one: str, other: str) -> None:
    assert level(one, other) == WHOLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Latuconsina", "Maria Yohana Latuconsina"),
        ("Hasan Ali", "Hasan Ali Latuconsina"),
        ("Benjamin Patty", "Agustinus Benjamin Patty"),
    ],
)
def test_a_missing_middle_name_or_marga_agrees_in_part(one: str, other: str) -> None:
    assert level(one, other) == PART


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria", "Maria Latuconsina"),
        ("Maria Wattimena", "Maria Patty"),
        ("Aldi Karim Hitipeuw", "Adi Karim Hitipeuw"),
        ("Hasan Joris", "Hasna Joris"),
    ],
)
def test_a_weak_agreement_needs_the_same_number_beside_it(one: str, other: str) -> None:
    assert level(one, other) == WEAK
    assert not judge(name_key(one) or "", name_key(other) or "").agree


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rina Patty", "Rini Patty"),
        ("Dani Patty", "Deni Patty"),
        ("Hasan Latuconsina", "Husein Latuconsina"),
        ("Marlin Tomasoa", "Marlon Tomasoa"),
        ("Yanti Pelu", "Yuni Pelu"),
        ("Siti Aminah Pelu", "Siti Aisyah Pelu"),
        ("Muhammad Hasan Pelu", "Muhammad Husein Pelu"),
        ("Abdul Rahman", "Abdul Karim"),
        ("Latuconsina", "Maria Latuconsina"),
        ("A. P.", "Ali Pelu"),
        ("Muhammad", "Muhammad Ali Pelu"),
        ("Faisal Lating", "Irfan Latukau"),
        ("Siti Patty", "Muhammad Patty"),
        ("Muhammad Latuconsina", "Latuconsina"),
        ("Nur Aminah", "Nur Aisyah"),
        ("Maria Yohana Patty", "Maria Yuliana Patty"),
    ],
)
def test_other_people(one: str, other: str) -> None:
    assert level(one, other) == NONE


@pytest.mark.parametrize(
    ("one", "other", "doubtful"),
    [
        ("Richard Tomatala", "Rchard Tomatala", False),
        ("Kristila Tomatala", "Kristina Tomatala", False),
        ("Warto Patty", "Wario Patty", True),
        ("Tirano Patty", "Tirani Patty", True),
        ("Maria Tomatala", "Maria Tomatela", False),
        ("Denis Wael", "Benyamin Denis Wael", True),
        ("Maria Wael", "Maria Denis Wael", False),
    ],
)
def test_what_twins_could_be_called_is_doubtful(one: str, other: str, doubtful: bool) -> None:
    verdict = judge(name_key(one) or "", name_key(other) or "")

    assert verdict.agree
    assert verdict.doubtful is doubtful


@given(KEYS, KEYS)
def test_agreement_is_symmetric(one: str, other: str) -> None:
    assert judge(one, other) == judge(other, one)


@given(KEYS, KEYS)
def test_similarity_is_a_share(one: str, other: str) -> None:
    assert 0.0 <= judge(one, other).similarity <= 1.0
    assert judge(one, one).similarity == 1.0


@given(KEYS, st.randoms(use_true_random=False))
def test_the_order_of_words_does_not_matter(key: str, dice: object) -> None:
    words = key.split()
    dice.shuffle(words)  # type: ignore[attr-defined]

    assert judge(key, " ".join(words)).level == WHOLE
