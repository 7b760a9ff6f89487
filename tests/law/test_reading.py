"""Reading parameter files: a fault is told with the file and what is wrong."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from salawaku.law.reading import FaultyFileError, changes_below, read_changes, read_parameter, read_register
from salawaku.law.register import Confidence

GOOD = """
id: uji.angka
description: {id: angka uji, en: a number for a test}
unit: months
note: {id: catatan, en: a note}
formula: {id: rumus, en: a formula}
derived_from: [uji.lain]
gaps:
  - {from: 2021-01-01, to: 2021-12-31, why: {id: belum ditemukan, en: not found}}
values:
  - from: 2020-01-01
    to: 2020-12-31
    value: 1
    article: Pasal 1
    sources: [S01]
    confidence: secondary
    checked: 2026-01-01
  - from: 2022-01-01
    to: null
    value: {darat: 0.24%, laut: [1, 2], kata: {id: satu, en: one}}
    article: null
    sources: []
    confidence: memory
    checked: 2026-01-01
    note: {id: catatan, en: a note}
"""


def written(folder: Path, text: str, name: str = "angka.yaml") -> Path:
    path = folder / "uji" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def test_a_file_becomes_a_parameter(tmp_path: Path) -> None:
    found = read_parameter(written(tmp_path, GOOD))
    assert (found.id, found.unit, found.derived_from) == ("uji.angka", "months", ("uji.lain",))
    assert found.note
    assert found.formula
    assert found.gaps[0].why.en == "not found"
    assert found.at(date(2020, 6, 1)).value == 1
    table = found.at(date(2022, 1, 1)).value
    assert table == {"darat": Fraction(24, 10_000), "laut": (1, 2), "kata": ("satu", "one")}
    assert found.at(date(2022, 1, 1)).confidence is Confidence.MEMORY


def test_a_folder_becomes_a_register_and_files_beside_it_do_not(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "sources.yaml").write_text("S01: {title: x, url: null, kind: y}")
    assert list(read_register(tmp_path)) == ["uji.angka"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("id: uji.angka", "id: uji.lain", "not that of the file"),
        ("value: 1\n", "value: 0.5\n", "is a float"),
        ("value: 1\n", "value: {a: [0.5]}\n", "is a float"),
        ("to: 2020-12-31", "to: 2022-06-01", "overlap"),
        ("  - {from: 2021-01-01, to: 2021-12-31, why: {id: belum ditemukan, en: not found}}", "  []", "not declared"),
        ("to: 2020-12-31", "to: 2019-12-31", "ends before it begins"),
        ("from: 2020-01-01", 'from: "2020-01-01"', "is not a day|not supported"),
        ("to: 2020-12-31", "to: 2020-12-31 12:00:00", "is not a day|compare"),
        ("sources: [S01]", "sources: []", "has a source"),
        ("confidence: secondary", "confidence: hearsay", "hearsay"),
        ("unit: months", "unit: months\ncolour: red", "unknown keys: colour"),
        ("    article: Pasal 1\n", "", "'article' is missing"),
        ("en: a number for a test", "uk: a number", "both languages"),
        ("en: a number for a test", 'en: ""', "both languages"),
        ("id: uji.angka", "id: [", "angka.yaml"),
        ("values:\n", "values: []\nold:\n", "unknown keys"),
    ],
)
def test_a_fault_is_told_with_the_file(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(FaultyFileError, match=told) as fault:
        read_parameter(written(tmp_path, GOOD.replace(old, new, 1)))
    assert "angka.yaml" in str(fault.value)


def test_a_parameter_without_values_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyFileError, match="at least one value"):
        read_parameter(written(tmp_path, GOOD.split("gaps:", maxsplit=1)[0] + "values: []\n"))


DECREE = """
- parameter: jkm.bpu.min_months_for_full_benefit
  from: 2026-01-01
  value: 2
  decree: Surat BPJS Ketenagakerjaan Cabang Uji 1/2026
"""


def test_a_decree_of_an_installation_becomes_a_change(tmp_path: Path) -> None:
    (change,) = read_changes(written(tmp_path, DECREE))
    assert change.parameter == "jkm.bpu.min_months_for_full_benefit"
    assert (change.value.begin, change.value.end, change.value.value) == (date(2026, 1, 1), None, 2)
    assert change.value.article == "Surat BPJS Ketenagakerjaan Cabang Uji 1/2026"
    assert change.value.confidence is Confidence.DECREE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("parameter: x", "list of changes"),
        ("- {parameter: x, from: 2026-01-01, value: 2}", "names the decree"),
        ("- {from: 2026-01-01, value: 2, decree: SK}", "'parameter' is missing"),
        ("- {parameter: x, value: 2, decree: SK}", "'from' is missing"),
    ],
)
def test_a_faulty_decree_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FaultyFileError, match=told):
        read_changes(written(tmp_path, text))


def test_decrees_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    written(tmp_path, DECREE.replace("value: 2", "value: 1"), "b.yaml")
    written(tmp_path, DECREE, "a.yaml")
    assert [change.value.value for change in changes_below(tmp_path / "uji")] == [2, 1]
    assert list(changes_below(tmp_path / "nowhere")) == []
