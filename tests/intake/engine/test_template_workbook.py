"""The empty list that a sender downloads."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from salawaku.intake.engine.template_workbook import CHOICES, SHEET, write_template


def sources(target: Path, villages: list[str]) -> set[str]:
    """The cells from which the drop-downs of a template take their choices."""
    write_template(target, sender="Negeri Passo", villages=villages, occupations=["Nelayan", "Penjahit"])
    sheet = openpyxl.load_workbook(target)[SHEET]
    return {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}


@pytest.mark.parametrize(
    ("villages", "drawn"), [(["Negeri Passo", "Desa Nania", "Desa Waai"], ["$C$1:$C$3"]), ([], [])]
)
def test_what_has_no_choices_has_no_drop_down(tmp_path, villages, drawn) -> None:
    wanted = {f"{CHOICES}!{cells}" for cells in ["$A$1:$A$2", "$B$1:$B$2", *drawn]}
    assert sources(tmp_path / "templat.xlsx", villages) == wanted
