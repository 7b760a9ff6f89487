"""Commands of the sponsors room."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from salawaku.sponsors import commands
from tests.programmes.city import programme, register
from tests.sponsors.office import FISHERY, decreed, foster, nip, pledged, sponsors, workbook

pytestmark = pytest.mark.django_db
app = typer.Typer()
commands.add_to(app)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_from_the_register_to_what_came_back(tmp_path: Path) -> None:
    file = tmp_path / "asn.xlsx"
    file.write_bytes(workbook(["NIP", "NAMA", "OPD"], [nip(7), "Pegawai", "Dinas Perikanan"], ["1", "Salah", "x"]))
    code, out, err = run("sponsors", "load", str(file), "--json")
    told = json.loads(out)
    assert (code, err, told["added"], told["refused"]) == (0, "", 1, 1)
    assert told["rows_refused"] == [{"sheet": "Sheet", "row": 3, "column": "NIP", "code": "nip.length"}]

    money = foster()
    decreed(register(2), money)
    pledged(*sponsors(), money)
    seen = json.loads(run("sponsors", "match", "ambon-2026", "--from", "2026-01", "--dry-run", "--json")[1])
    kept = json.loads(run("sponsors", "match", "ambon-2026", "--from", "2026-01", "--json")[1])
    assert seen == kept
    assert (kept["workers"], kept["worker_months"], kept["without_sponsor"]) == (1, 12, 1)

    target = tmp_path / "potongan.xlsx"
    told = json.loads(
        run("sponsors", "deductions", "2026-02", "--agency", FISHERY, "--out", str(target), "--json")[1]
    )
    assert (told["sponsors"], told["workers"], told["amount"]) == (1, 1, 16_800)
    assert target.read_bytes()[:2] == b"PK"

    back = tmp_path / "hasil.csv"
    back.write_text(f"nip;jumlah\n{nip(1)};16800\n")
    told = json.loads(run("sponsors", "returned", "2026-02", str(back), "--agency", FISHERY, "--json")[1])
    assert (told["paid"], told["changed_months"]) == (1, 1)

    rows = json.loads(run("sponsors", "participation", "--as-of", "2026-02-10", "--json")[1])
    assert [(row["agency"], row["asn"], row["sponsors"], row["sponsors_per_asn"]) for row in rows] == [
        (FISHERY, 2, 1, 50.0)
    ]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    code, _out, err = run("sponsors", "deductions", "2026-02", "--agency", "x", "--out", str(tmp_path / "a"))
    assert (code, err.split(":")[0]) == (1, "agency.unknown")
    programme(code="tanpa", first_month=date(2026, 1, 1))
    code, _out, err = run("sponsors", "match", "tanpa")
    assert (code, err.split(":")[0]) == (1, "programme.no_foster_purse")
