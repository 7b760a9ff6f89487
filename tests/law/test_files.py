"""Every file of the law: its form, its sources, its dates, both languages, and nothing inexact."""

from __future__ import annotations

import itertools
import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from salawaku import law
from salawaku.law.reading import DATA, WITHOUT_SOURCE, official_texts, sources, units
from salawaku.law.register import Confidence, Parameter, Text

FILES = sorted(path for path in DATA.rglob("*.yaml") if path.parent != DATA)
PARAMETERS = list(law.law_now().values())
LAW_IDS = (Path(__file__).with_name("data") / "law_ids.txt").read_text().split()


def floats(raw: Any) -> list[float]:
    if isinstance(raw, float):
        return [raw]
    parts = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    return [found for part in parts for found in floats(part)]


def texts(raw: Any) -> list[Text]:
    if isinstance(raw, Text):
        return [raw]
    parts = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, tuple) else ()
    return [found for part in parts for found in texts(part)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_float_and_no_tab_stands_in_a_file(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert floats(yaml.safe_load(text)) == []
    assert "\t" not in text


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.id)
class TestEachParameter:
    def test_each_value_has_a_source_that_exists(self, parameter: Parameter) -> None:
        for value in parameter.values:
            assert value.sources or value.confidence in WITHOUT_SOURCE
            assert set(value.sources) <= set(sources())

    def test_each_value_was_checked_on_a_day_gone_by(self, parameter: Parameter) -> None:
        assert all(date(2026, 1, 1) <= value.checked <= date(2026, 12, 31) for value in parameter.values)

    def test_its_unit_and_what_it_derives_from_exist(self, parameter: Parameter) -> None:
        assert parameter.unit in units()
        assert set(parameter.derived_from) <= set(law.law_now())

    def test_its_texts_say_something_different_in_each_language(self, parameter: Parameter) -> None:
        assert parameter.description.id != parameter.description.en
        for value in parameter.values:
            for text in (*texts(value.value), value.note, value.contested):
                assert text is None or (text.id.strip() and text.en.strip())

    def test_whole_numbers_are_not_negative_and_shares_are_exact(self, parameter: Parameter) -> None:
        for value in parameter.values:
            for number in numbers(value.value):
                assert isinstance(number, int | Fraction)
                assert number >= 0

    def test_a_row_with_its_own_confidence_knows_it(self, parameter: Parameter) -> None:
        for value in parameter.values:
            rows = value.value if isinstance(value.value, tuple) else ()
            for row in rows:
                if isinstance(row, dict) and "confidence" in row:
                    assert row["confidence"] in {one.value for one in Confidence}


def numbers(raw: Any) -> list[Any]:
    if isinstance(raw, Text | str | bool | type(None) | date):
        return []
    if isinstance(raw, dict | tuple):
        return [number for part in (raw.values() if isinstance(raw, dict) else raw) for number in numbers(part)]
    return [raw]


def test_all_parameters_of_the_register_are_there() -> None:
    """The 88 of the study of the law, and four choices of this project."""
    assert len(LAW_IDS) == 88
    ours = {one.id for one in PARAMETERS}
    assert set(LAW_IDS) <= ours
    assert {one for one in ours if one.startswith("choice.")} == ours - set(LAW_IDS)
    assert len(FILES) == len(PARAMETERS)


def test_values_that_say_they_derive_do() -> None:
    now, day = law.law_now(), date(2026, 1, 1)
    package = now.at("bpu.jkk.rate", day) * now.at("bpu.jkk.base_min", day) + now.at("bpu.jkm.flat", day)
    assert package == now.at("bpu.minimum_package_jkk_jkm", day) == 16_800
    for on in (date(2018, 1, 1), day):
        parts = ("jkm.santunan_kematian", "jkm.santunan_berkala_lump", "jkm.biaya_pemakaman")
        assert sum(now.at(part, on) for part in parts) == now.at("jkm.total_cash", on)
    years, amounts = now.at("scholarship.max_years", day), now.at("scholarship.amount_per_year", day)
    most = sum(years[level] * amounts[level] for level in years) * now.at("scholarship.max_children", day)
    assert most == now.at("scholarship.max_total_two_children", day) == 174_000_000


def test_bands_rise_without_a_hole() -> None:
    rows = law.law_now().at("bpu.income_bands", date(2026, 1, 1))
    assert len(rows) == 33
    assert rows[0]["income_from"] == 0
    assert rows[-1]["income_to"] is None
    for before, after in itertools.pairwise(rows):
        assert before["income_to"] + 1000 == after["income_from"]
        assert before["base"] < after["base"]
    assert rows[0]["base"] == law.law_now().at("bpu.jkk.base_min", date(2026, 1, 1))
    assert rows[-1]["base"] == law.law_now().at("bpu.jkk.base_max", date(2026, 1, 1))


def test_net_rates_of_jkk_are_the_gross_ones_without_jkp() -> None:
    day = date(2025, 6, 1)
    gross, net = (law.law_now().at(f"pu.jkk.{name}", day) for name in ("rate_by_risk_group", "rate_net_of_jkp"))
    taken = law.law_now().at("pu.jkp.rate", day)["recomposed_jkk"]
    assert {group: rate - taken for group, rate in gross.items()} == net


def test_the_impairment_table_has_all_its_rows_once() -> None:
    keys = [row["key"] for row in law.law_now().at("jkk.impairment_table", date(2026, 1, 1))]
    assert len(keys) == len(set(keys)) == 46
    assert {"eyes_both", "eye_one", "hearing_both_ears", "arm_right_shoulder", "leg_one_groin", "thumb_right"} <= set(
        keys
    )


def test_sources_and_official_texts_have_titles_and_addresses() -> None:
    for entry in (*sources().values(), *official_texts().values()):
        assert entry["title"]
        assert entry["url"] is None or re.match(r"https?://", entry["url"])


def test_rounding_is_named() -> None:
    from salawaku.law.money import Rounding

    assert Rounding(law.law_now().at("choice.rounding", date(2026, 1, 1))) is Rounding.HALF_UP
