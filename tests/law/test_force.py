"""The law in force: the files, and over them the decrees of an installation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from salawaku import law
from salawaku.law.reading import FaultyFileError

DAY = date(2026, 6, 1)
EXCLUDED = "choice.relief.excluded_payers"
WAITING = "jkm.bpu.min_months_for_full_benefit"


@pytest.fixture(autouse=True)
def law_put_back() -> Iterator[None]:
    yield
    law.enact(None)


def decree(folder: Path, months: int) -> None:
    (folder / "waiting.yaml").write_text(
        f"- {{parameter: {WAITING}, from: 2026-01-01, to: 2026-12-31, value: {months}, decree: Surat 1/2026}}"
    )


def test_the_law_is_read_once() -> None:
    assert law.law_now() is law.law_now()


def test_a_decree_holds_on_its_days_and_names_itself(tmp_path: Path) -> None:
    before = law.law_now().hash
    decree(tmp_path, 1)
    law.enact(tmp_path)
    short = law.death_benefits(DAY, months_of_membership=1)
    assert int(short.total) == 42_000_000
    assert int(law.death_benefits(date(2025, 6, 1), months_of_membership=1).total) == 10_000_000
    assert law.law_now()[WAITING].at(DAY).article == "Surat 1/2026"
    assert law.law_now().hash != before
    law.enact(None)
    assert law.law_now().hash == before
    assert int(law.death_benefits(DAY, months_of_membership=1).total) == 10_000_000


def test_a_folder_without_decrees_changes_nothing(tmp_path: Path) -> None:
    before = law.law_now().hash
    law.enact(tmp_path / "none")
    assert law.law_now().hash == before


def test_a_scenario_asks_its_own_register_and_touches_nothing(tmp_path: Path) -> None:
    flat = law.law_now()["bpu.jkm.flat"].at(DAY)
    from dataclasses import replace

    what_if = law.law_now().overlay([law.Change("bpu.jkm.flat", replace(flat, value=10_000))])
    assert law.monthly_cost(DAY, payer=law.Payer.APBD, law=what_if) == 20_000
    assert law.monthly_cost(DAY, payer=law.Payer.APBD) == 16_800


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {parameter: uji.x, from: 2026-01-01, value: 1, decree: Surat 1}", "Surat 1: there is no parameter uji.x"),
        (f"- {{parameter: {WAITING}, from: 2026-01-01, value: 1%, decree: Surat 1}}", "written in another way"),
        ("- {parameter: bpu.payment_due, from: 2026-01-01, value: {day: 1}, decree: Surat 1}", "another way"),
        ("- {parameter: bpu.payment_due, from: 2026-01-01, value: 15, decree: Surat 1}", "another way"),
        (f"- {{parameter: {EXCLUDED}, from: 2026-01-01, value: [], decree: Surat 1}}", "another way"),
        (
            "- {parameter: choice.relief.excluded_payers, from: 2026-01-01, value: [1], decree: Surat 1}",
            "another way",
        ),
        ("- {parameter: [1], from: 2026-01-01, value: 1, decree: Surat 1}", "decree and parameter are texts"),
        ("- {parameter: bpu.jkm.flat, from: 2026-01-01, value: 1, decree: 7}", "decree and parameter are texts"),
        ("- {parameter: bpu.jkm.flat, from: null, value: 1, decree: Surat 1}", "says when it was checked"),
        ("- {parameter: bpu.jkm.flat, case: x, from: 2026-01-01, value: 1, decree: Surat 1}", "has no case x"),
        ("- {parameter: bpu.jkm.flat, from: 2026-01-01, value: -1, decree: Surat 1}", "cannot be meant"),
        ("- {parameter: bpu.jkk.rate, from: 2026-01-01, value: 101%, decree: Surat 1}", "cannot be meant"),
        ("- {parameter: choice.rounding, from: 2026-01-01, value: up, decree: Surat 1}", "is one of half_up, down"),
        ("- {parameter: choice.rounding, from: 2026-01-01, value: down, decree: Surat 1}", "holds on all days"),
    ],
)
def test_a_decree_that_does_not_fit_is_refused_at_once(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(FaultyFileError, match=told):
        law.enact(tmp_path)


def test_a_choice_for_all_days_may_be_changed_for_all_days(tmp_path: Path) -> None:
    text = "- {parameter: choice.rounding, from: null, checked: 2026-01-01, value: down, decree: Surat 4}"
    (tmp_path / "x.yml").write_text(text)
    (tmp_path / "y.yaml").mkdir()
    law.enact(tmp_path)
    assert law.law_now()["choice.rounding"].at(DAY).value == "down"


def test_a_changed_relief_keeps_the_conditions_of_the_law(tmp_path: Path) -> None:
    day = date(2026, 2, 1)
    text = "- {parameter: relief.pp50_2025, case: transport, from: 2026-01-01, to: 2026-12-31, value: 20%, decree: S}"
    (tmp_path / "x.yaml").write_text(text)
    law.enact(tmp_path)
    assert law.monthly_cost(day, payer=law.Payer.FOSTER, sector=law.Sector.TRANSPORT) == 13_440
    assert law.monthly_cost(day, payer=law.Payer.APBD, sector=law.Sector.TRANSPORT) == 16_800


def test_a_table_may_be_changed_as_a_table(tmp_path: Path) -> None:
    text = "- {parameter: pu.jp.rate, from: 2027-01-01, value: {employer: 3%, worker: 1%}, decree: Surat 3}"
    (tmp_path / "x.yaml").write_text(text)
    law.enact(tmp_path)
    assert law.law_now().at("pu.jp.rate", date(2027, 1, 1))["employer"] * 100 == 3


def test_the_excluded_payers_are_a_setting(tmp_path: Path) -> None:
    day, fund = date(2026, 2, 1), {"payer": law.Payer.VILLAGE_FUND, "sector": law.Sector.TRANSPORT}
    assert law.monthly_cost(day, **fund) == 16_800
    text = f"- {{parameter: {EXCLUDED}, from: 2026-01-01, value: [apbn, apbd], decree: Surat 2}}"
    (tmp_path / "x.yaml").write_text(text)
    law.enact(tmp_path)
    assert law.monthly_cost(day, **fund) == 8_400
    assert law.monthly_cost(day, payer=law.Payer.APBD, sector=law.Sector.TRANSPORT) == 16_800
