"""Keys of names as lists write them, one at a time and as a column."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from salawaku.linkage.names import keys_agree, name_key, name_keys, names_agree

NAMES = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            [
                "H.",
                "Hj",
                "Drs.",
                ", S.Pd",
                "La",
                "Ode",
                "Wa",
                "M.",
                "Muh.",
                "Moh.Ali",
                "Nur",
                "Hayati",
                "bin",
                "hh",
                "aal",
                "L.O.",
            ]
        ),
        max_size=6,
    ).map(" ".join),
)


@pytest.mark.parametrize(
    ("written", "plainly"),
    [
        ("H. Abdul Rahman", "Abdul Rahman"),
        ("Hj. SITTI AMINAH, S.Pd", "Siti Aminah"),
        ("Drs.H.Abd.Rahman", "Abdul Rahman"),
        ("Pdt. Yohanis Tomasoa, S.Th, M.Si", "Johanes Tomasoa"),
        ("Alm. Salim bin Umar", "Salim Oemar"),
        ("Budi (Alm)", "Budi"),
        ("M. Irfan Tuasikal", "Muhammad Irfan Tuasikal"),
        ("Muh.Irfan", "Mochamad Irfan"),
        ("Moh Irfan", "M Irfan"),
        ("MUCHAMMAD IRFAN", "Muchamad Irfan"),
        ("Soekarno Djafar", "Sukarno Jafar"),
        ("La Ode Ali", "Laode Ali"),
        ("L.O. Ali", "LA  ODE  ALI"),
        ("Wa. Ode Sitti", "Waode St."),
        ("Salim Al Katiri", "SALIM ALKATIRI"),
        ("Salim Al-Katiri", "Salim Alkatirie"),
        ("Ali At Tamimi", "Ali Attamimi"),
        ("Jan de Fretes", "Jan Defretes"),
        ("Rahaya’an", "Rahayaan"),
        ("José da Costa", "Jose Dacosta"),
        ("Nur Hayati Pelu", "Nurhayati Pelu"),
        ("Rosita, S.T.", "Rosita"),
        ("Tomasoa, Rosita", "Tomasoa Rosita"),
        ("  Salmon \u00a0 Patty ", "salmon patty"),
    ],
)
def test_one_key(written: str, plainly: str) -> None:
    assert name_key(written) == name_key(plainly)


@pytest.mark.parametrize(("one", "other"), [("Rina", "Rini"), ("Hasan", "Husein"), ("Yulia", "Yuliana")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("nothing", ["", "   ", "-", "123", ",.", "'"])
def test_without_letters_there_is_no_key(nothing: str) -> None:
    assert name_key(nothing) is None


@pytest.mark.parametrize("name", ["H.", "Ir.", "M.", "Alm.", "Bin", "La"])
def test_a_title_alone_is_all_the_name_there_is(name: str) -> None:
    assert name_key(name) == name.lower().strip(".")


def test_a_column_keeps_its_order_and_its_gaps() -> None:
    keys = name_keys(pl.Series("nama", ["Drs. Budi", None, "", "budi", "BUDI "]))

    assert keys.to_list() == ["budi", None, None, "budi", "budi"]
    assert keys.name == "nama"


def test_a_column_of_nothing() -> None:
    assert name_keys(pl.Series([], dtype=pl.String)).to_list() == []
    assert name_keys(pl.Series([None, None])).to_list() == [None, None]


def test_columns_are_compared_row_by_row() -> None:
    verdicts = names_agree(
        pl.Series(["Muh. Ali Pelu", "Rina Patty", None, "-"]),
        pl.Series(["Mohammad Ali Pelu", "Rini Patty", "Ali", "-"]),
    )

    assert verdicts.columns == ["agree", "similarity", "level", "doubtful"]
    assert verdicts["agree"].to_list() == [True, False, False, False]
    assert verdicts["similarity"][0] == 1.0


def test_no_pairs_make_no_verdicts() -> None:
    assert keys_agree(pl.Series([], dtype=pl.String), pl.Series([], dtype=pl.String)).height == 0


@given(NAMES)
@example("m mm ali")
@example("la h. ode")
@example("nuur hayaty")
@example("ǰ")
@example("İ")
def test_the_key_of_a_key_is_itself(name: str) -> None:
    key = name_key(name)

    assert key is None or name_key(key) == key


@given(st.lists(NAMES, max_size=6))
def test_the_column_and_the_single_name_agree(names: list[str]) -> None:
    assert name_keys(pl.Series(names, dtype=pl.String)).to_list() == [name_key(name) for name in names]


@given(NAMES)
def test_case_and_spaces_do_not_matter(name: str) -> None:
    assert name_key(f"  {name}  ") == name_key(name)
    if name.isascii():
        assert name_key(name.upper()) == name_key(name)
