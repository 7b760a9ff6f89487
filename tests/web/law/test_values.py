"""How values of the law read on a page."""

from __future__ import annotations

from fractions import Fraction

import pytest
from django.utils import translation

from salawaku import law
from salawaku.web.law.values import shown, used
from salawaku.web.law.words import SUBJECTS, SURENESS

TEXT = law.Text("kedua mata", "both eyes")


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (6800, "IDR_per_month", "Rp6.800", "Rp6,800"),
        (Fraction(24, 10000), "percent", "0,24%", "0.24%"),
        (3, "months", "3 bulan", "3 months"),
        ((1, 3, 6), "months", "1, 3, 6 bulan", "1, 3, 6 months"),
        (True, "boolean", "ya", "yes"),
        (TEXT, "rule", "kedua mata", "both eyes"),
        ({"text": TEXT, "day": 15}, "rule", "kedua mata", "both eyes"),
        ({"land": 5000000, "sea": 20}, "IDR", "Darat Rp5.000.000; Laut Rp20", "Land Rp5,000,000; Sea Rp20"),
        ("half_up", "rule", "setengah rupiah ke atas dibulatkan naik", "half a rupiah and more is rounded up"),
        (("JKK", "other"), "list", "JKK: jaminan kecelakaan kerja, pekerjaan lain", "JKK: work accident, other work"),
    ],
)  # fmt: skip
def test_a_value_reads_in_the_language_of_the_page(value: object, unit: str, indonesian: str, english: str) -> None:
    for language, told in (("id", indonesian), ("en", english)):
        with translation.override(language):
            assert shown(value, unit).text == told


@pytest.mark.parametrize(
    ("parameter", "picked", "told"),
    [
        ("bpu.income_bands", "1000000", "Rp1.000.000"),
        ("jkk.impairment_table", "hearing_one_ear 20%", "pendengaran sebelah telinga 20%"),
        ("jkk.transport_cap", "land 5000000", "Darat Rp5.000.000"),
        ("jkk.stmb", "1-12 100%, 13- 50%", "bulan 1 sampai 12: 100%, mulai bulan 13: 50%"),
        ("jakon.tiers_by_contract_value", "0.21%, 0.17%", "0,21%, 0,17%"),
        ("choice.jkm.months_counted", "membership", "bulan kepesertaan"),
    ],
)
def test_what_a_line_used_reads_so_too(parameter: str, picked: str, told: str) -> None:
    found = law.law_now()[parameter]
    with translation.override("id"):
        assert used(picked, found.values[-1].value, found.unit) == told


def test_every_kind_of_sureness_and_every_subject_has_words() -> None:
    assert set(SURENESS) == set(law.Confidence)
    assert set(SUBJECTS) == {one.subject for one in law.law_now().values()}
