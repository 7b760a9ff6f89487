"""`salawaku simulate` as a person or a script calls it: without Django, without a database."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from salawaku.law.force import enact
from salawaku.simulation.commands import add_to

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "ambon-2026.yaml"
SMALL = """
name: kecil
start: 2026-01
months: 2
denominator: 200
runs: 0
population: [{id: a, workers: 100, covered: 50}]
sources: [{id: city, kind: apbd, budget: {2026: 16128000}}]
targets: [{month: 2026-02, share: 0.4}, {month: 2026-02, share: 0.9}]
rates: {death_per_1000: 0, accident_per_1000: 0}
"""


@pytest.fixture(autouse=True)
def _no_decrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SALAWAKU_LAW", str(tmp_path / "law"))
    yield
    enact(None)


def run(*words: object) -> Result:
    app = typer.Typer()
    add_to(app)
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "kecil.yaml"
    path.write_text(SMALL)
    return path


def test_the_whole_command_needs_no_database(tmp_path: Path) -> None:
    environment = os.environ | {
        "SALAWAKU_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "no.such.module",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    command = [sys.executable, "-m", "salawaku", "simulate", str(EXAMPLE), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert [month["month"] for month in answer["months"]][::23] == ["2026-01", "2027-12"]
    assert {"month", "covered", "share", "cost", "by_source", "lapsed", "deaths", "accidents", "benefits",
            "reduced_benefit_families"} <= set(answer["months"][0])  # fmt: skip
    assert set(answer["months"][0]["benefits"]) == {"mean", "p05", "p95"}
    assert set(answer["unspent"]) == {"APBD kota", "dana desa", "CSR", "bapak asuh"}
    assert answer["targets"][0]["reached"] == "2026-07"


def test_people_read_a_line_for_each_month(small: Path) -> None:
    done = run(small)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "kecil",
        "2026-01           80 terlindungi (40,0%)  iuran Rp1.344.000  manfaat Rp0",
        "2026-02           80 terlindungi (40,0%)  iuran Rp1.344.000  manfaat Rp0",
        "Iuran Rp2.688.000, tidak terpakai Rp13.440.000.",
        "Manfaat Rp0, sembilan dari sepuluh kali Rp0 sampai Rp0.",
        "Kepesertaan berakhir: 0 pekerja.",
        "Target 40,0% pada 2026-02: tercapai 2026-01.",
        "Target 90,0% pada 2026-02: tidak tercapai.",
    ]


def test_a_folder_gets_the_answer_and_a_table_of_the_months(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    done = run(small, "--out", out, "--json")
    assert json.loads((out / "answer.json").read_text()) == json.loads(done.stdout)
    with (out / "months.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["month"], row["covered"], row["cost"]) for row in rows] == [
        ("2026-01", "80", "1344000"), ("2026-02", "80", "1344000"),
    ]  # fmt: skip
    first = json.loads(done.stdout)["months"][0]
    assert (rows[0]["joined"], rows[0]["benefit_ratio"]) == (str(first["joined"]), str(first["benefit_ratio"]))


def test_a_folder_that_cannot_be_made_is_told(small: Path) -> None:
    done = run(small, "--out", small)
    assert (done.exit_code, done.stdout) == (2, "")
    assert str(small) in done.stderr


def test_a_faulty_scenario_is_refused_with_file_field_and_value(small: Path, tmp_path: Path) -> None:
    small.write_text(SMALL.replace("denominator: 200", "denominator: many"))
    done = run(small, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{small}: denominator is 'many': a whole number from 1" in done.stderr
    missing = run(tmp_path / "missing.yaml")
    assert missing.exit_code == 2
    assert "missing.yaml" in missing.stderr


def test_a_month_without_a_known_law_is_refused(small: Path) -> None:
    small.write_text(SMALL.replace("start: 2026-01", "start: 1999-01").replace("2026: 16", "1999: 16"))
    done = run(small)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "is not known for 1999-0" in done.stderr


def test_a_law_that_changed_since_is_told(small: Path) -> None:
    small.write_text(SMALL + "law_hash: another\n")
    done = run(small, "--json")
    assert done.exit_code == 0
    assert "The law has changed" in done.stderr
    assert json.loads(done.stdout)["law"]["changed"] is True
