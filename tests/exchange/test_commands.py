"""Commands of the exchange room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from salawaku.accounts.models import User
from salawaku.cli import app
from salawaku.exchange.models import RegistrationBatch
from salawaku.programmes.models import Programme
from tests.exchange.conftest import decreed, sound
from tests.exchange.test_feedback import KPJ, workbook
from tests.exchange.test_match import answer

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_register_ends_with_1_while_errors_are_left(here: Programme, sari: User, tmp_path: Path) -> None:
    good, bad = sound(1), sound(2, address="", rt="", rw="")
    decreed(here, good, bad)
    file = tmp_path / "daftar.xlsx"
    code, out, _err = run("exchange", "register", here.code, "--out", str(file), "--json")
    assert (code, json.loads(out)["to_mend"], file.exists()) == (1, 1, False)
    assert json.loads(out)["codes"] == {"value.missing:Alamat": 1}
    code, out, _err = run("exchange", "register", here.code, "--out", str(file), "--only-clean", "--json")
    told = json.loads(out)
    assert (code, told["sent"], told["ready"], file.read_bytes()[:2]) == (0, 1, 1, b"PK")
    assert told["batch"] == str(RegistrationBatch.objects.get().public_id)
    code, out, _err = run("exchange", "register", here.code, "--month", "2026-12", "--json")
    assert (code, json.loads(out)["listed"]) == (0, 0)
    assert run("exchange", "register", "nothing")[0] == 1
    assert "decree.unknown" in run("exchange", "register", here.code, "--decree", "9")[2]


def test_register_keeps_to_the_region(here: Programme, rina_far: User) -> None:
    code, _out, err = run("exchange", "register", here.code, "--by", rina_far.email)
    assert (code, err.startswith("region.foreign")) == (1, True)


def test_feedback_again_changes_nothing(here: Programme, tmp_path: Path) -> None:
    worker = sound(1)
    file = tmp_path / "jawaban.xlsx"
    file.write_bytes(workbook([1, worker.nik, KPJ, "DITERIMA", ""]))
    first = json.loads(run("exchange", "feedback", str(file), "--json")[1])
    assert (first["rows"], first["registered"], first["repeated_file"]) == (1, 1, False)
    again = json.loads(run("exchange", "feedback", str(file), "--json")[1])
    assert (again["registered"], again["repeated_file"]) == (1, True)
    file.write_bytes(b"x")
    assert "answer.columns" in run("exchange", "feedback", str(file))[2]


def test_dukcapil_there_and_back(sari: User, tmp_path: Path) -> None:
    worker = sound(1)
    out, back = tmp_path / "keluar.xlsx", tmp_path / "masuk.xlsx"
    terms = ["--agreement", "7/PKS", "--agreement-date", "2026-01-05", "--purpose", "Iuran", "--out", str(out)]
    code, told, _err = run("exchange", "dukcapil", "export", *terms, "--by", sari.email, "--nik-only", "--json")
    batch = json.loads(told)
    assert (code, batch["workers"], out.read_bytes()[:2]) == (0, 1, b"PK")
    back.write_bytes(answer((worker.nik, "PADAN")))
    arguments = ["exchange", "dukcapil", "answer", str(back), "--batch", batch["batch"], "--by", sari.email, "--json"]
    assert json.loads(run(*arguments)[1])["answered"] == 1
    assert "match.unknown" in run(*[a.replace(batch["batch"], "0" * 32) for a in arguments])[2]
    assert "by.needed" in run("exchange", "dukcapil", "export", *terms, "--by", "")[2]
