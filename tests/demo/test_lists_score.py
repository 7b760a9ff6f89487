"""The scorer sees what a reader did wrong."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from salawaku.demo.lists import make_city, score, write_lists
from salawaku.demo.lists.__main__ import main
from salawaku.regions.table import region_table


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    city = make_city(800, 5, region_table())
    return write_lists(city, tmp_path_factory.mktemp("lists"), layouts="held_out").as_dict()


def perfect(truth: dict[str, Any]) -> dict[str, Any]:
    """The report of a reader who makes no mistake."""
    files = []
    for name, status in truth["file_status"].items():
        rows = []
        for place, row in truth["files"].get(name, {}).items():
            sheet, number = place.rsplit("!", 1)
            found = {"sheet": sheet, "row": int(number), "status": row["expect"], "codes": row["codes"] or []}
            rows.append({**found, **row["fields"], "name": "X"})
        files.append({"file": name, **status, "rows": rows})
    return {"files": files}


def rows_with(report: dict[str, Any], status: str) -> list[dict[str, Any]]:
    return [row for file in report["files"] for row in file["rows"] if row["status"] == status]


def test_a_perfect_report_passes(truth: dict[str, Any]) -> None:
    result = score(perfect(truth), truth)

    assert result.passed
    assert result.differences == []
    assert (result.status_share, result.code_share, result.field_share) == (1, 1, 1)


def test_an_invented_row_is_seen(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    file = report["files"][0]
    file["rows"].append({**file["rows"][0], "row": 99999})

    result = score(report, truth)

    assert (result.invented, result.lost, result.passed) == (1, 0, False)
    assert "99999: invented" in result.differences[0]


def test_a_lost_row_is_seen_and_counts_as_wrong(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    report["files"][0]["rows"].pop()

    result = score(report, truth)

    assert (result.invented, result.lost, result.passed) == (0, 1, False)
    assert result.status_share < 1


def test_a_wrong_status_is_seen(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    rows_with(report, "duplicate")[0]["status"] = "accepted"

    result = score(report, truth)

    assert result.scored - result.status_right == 1
    assert "status: expected duplicate" in result.differences[0]


def test_a_wrong_code_is_seen(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    rows_with(report, "rejected")[0]["codes"] = ["nik.conflict"]

    result = score(report, truth)

    assert result.codes_scored - result.codes_right == 1
    assert "nik.conflict" in result.differences[0]


@pytest.mark.parametrize("name", ["nik", "birth_date", "sex", "village"])
def test_a_wrong_field_is_seen(truth: dict[str, Any], name: str) -> None:
    report = perfect(truth)
    next(row for row in rows_with(report, "accepted") if name in row)[name] = "?"

    result = score(report, truth)

    assert result.fields_scored - result.fields_right == 1
    assert f"{name}: expected" in result.differences[0]


def test_a_file_that_should_be_refused_is_seen(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    file = next(file for file in report["files"] if file["status"] == "refused")
    file.update(status="read", codes=[])

    assert score(report, truth).files_wrong == 1


def test_a_missing_file_is_seen(truth: dict[str, Any]) -> None:
    report = perfect(truth)
    rows = report["files"].pop(0)["rows"]

    result = score(report, truth)

    assert (result.files_wrong, result.lost) == (1, len(rows))


def test_unscored_rows_and_codes_of_none_are_left_alone() -> None:
    fields = {"nik": "1", "birth_date": "1990-01-01", "sex": "M", "village": "v"}
    truth = {
        "files": {
            "a.csv": {
                "a!2": {"expect": "unscored", "codes": ["nik.conflict"], "fields": fields},
                "a!3": {"expect": "accepted", "codes": None, "fields": fields},
            }
        }
    }
    rows = [
        {"sheet": "", "row": 2, "status": "review", "codes": []},
        {"sheet": "", "row": 3, "status": "accepted", "codes": ["nik.birth_mismatch"], **fields},
    ]

    result = score({"files": [{"file": "a.csv", "status": "read", "codes": [], "rows": rows}]}, truth)

    assert result.passed
    assert (result.scored, result.codes_scored, result.fields_scored) == (1, 0, 4)


def test_the_sheet_of_a_csv_may_be_empty_or_the_file_stem() -> None:
    truth = {"files": {"x.csv": {"x!2": {"expect": "rejected", "codes": ["nik.missing"], "fields": {}}}}}
    row = {"sheet": "", "row": 2, "status": "rejected", "codes": ["nik.missing"]}
    report = {"files": [{"file": "x.csv", "status": "read", "codes": [], "rows": [row]}]}

    assert score(report, truth).passed


def test_the_command_makes_lists_and_scores_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lists = tmp_path / "lists"
    assert main(["make", str(lists), "--workers", "200", "--seed", "2", "--layouts", "held_out"]) == 0
    truth = json.loads((lists / "truth.json").read_text())
    report = perfect(truth)
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(report))
    worse = copy.deepcopy(report)
    worse["files"][0]["rows"].clear()
    bad.write_text(json.dumps(worse))

    assert main(["score", str(good), str(lists / "truth.json")]) == 0
    assert "status 100.0000%" in capsys.readouterr().out
    assert main(["score", str(bad), str(lists / "truth.json")]) == 1
    assert ": lost: " in capsys.readouterr().out
