"""Lists in many layouts, checked against the truth that was written beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salawaku.demo.lists import make_city, score, write_lists
from salawaku.intake.engine.check import check_files
from salawaku.intake.engine.report import contract_json
from salawaku.regions.table import region_table


@pytest.mark.slow
@pytest.mark.parametrize(("layouts", "seed"), [("demo", 7), ("held_out", 1)])
def test_lists_in_many_layouts_are_read_as_their_truth_says(tmp_path: Path, layouts: str, seed: int) -> None:
    city = make_city(2_000, seed, region_table(), home="81.71")
    truth = write_lists(city, tmp_path, layouts=layouts)
    report = contract_json(check_files([tmp_path], as_of=date.fromisoformat(str(truth.as_of))))
    result = score(report, truth.as_dict())
    assert result.passed, result.as_text()
