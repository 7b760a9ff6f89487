"""`salawaku intake`: exit codes, JSON alone on standard output, no Django without need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from salawaku.accounts.scoping import elevated
from salawaku.intake.commands import app
from salawaku.intake.models import ListFile, ListRow
from tests.intake.people import PASSO_CODE, people, person, workbook

runner = CliRunner()
DAY = ("--as-of", "2026-06-01")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(workbook(people(1, 4)).read())
    (tmp_path / "b.xlsx").write_bytes(workbook([person(2), *people(5, 6)]).read())
    (tmp_path / "truth.json").write_text("{}")
    return tmp_path


def test_check_without_register_needs_no_django(folder) -> None:
    code = (
        "import sys; from salawaku.intake.commands import app\n"
        "try: app()\n"
        "finally: assert not [name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')]"
    )
    words = ["check", str(folder), "--no-register", *DAY, "--json"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert told["totals"] == {
        "rows": 7, "accepted": 6, "duplicate": 1, "review": 0, "rejected": 0, "files_refused": 0,
    }  # fmt: skip
    assert told["files"][1]["rows"][0]["duplicate_of"] == {"file": "a.xlsx", "sheet": "Daftar", "row": 3}


@pytest.mark.django_db
def test_check_compares_with_the_register_and_writes_nothing(folder, confirmed, sari) -> None:
    confirmed(sari, [*people(1, 2), *people(30, 33)], note="before")
    done = runner.invoke(app, ["check", str(folder), *DAY, "--json"])
    totals = json.loads(done.stdout)["totals"]
    assert (done.exit_code, totals["accepted"], totals["duplicate"]) == (0, 4, 3)
    with elevated("the test counts"):
        assert ListFile.objects.count() == 1


@pytest.mark.django_db
def test_what_is_found_wanting_is_exit_code_one(tmp_path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([person(1, NIK="12")]).read())
    done = runner.invoke(app, ["check", str(tmp_path / "a.xlsx"), "--no-register", *DAY])
    assert done.exit_code == 1
    assert "1 baris = 0 siap + 0 sudah ada + 0 perlu diputuskan + 1 perlu diperbaiki" in done.stdout


@pytest.mark.parametrize(
    "words", [["check", "/nowhere"], ["check", "/", "--as-of", "31-12"], ["load", "/"], ["nonsense"]]
)
def test_wrong_usage_is_exit_code_two(words) -> None:
    assert runner.invoke(app, words).exit_code == 2


@pytest.mark.django_db
def test_load_keeps_the_lists_once(folder, sari) -> None:
    words = ["load", str(folder), "--by", sari.email, "--village", PASSO_CODE, *DAY, "--json"]
    first = runner.invoke(app, words)
    told = json.loads(first.stdout)
    assert (first.exit_code, told["totals"]["accepted"], told["totals"]["duplicate"]) == (0, 6, 1)
    assert told["files"][1]["rows"][0]["duplicate_of"] == {"file": "a.xlsx", "sheet": "Daftar", "row": 3}
    again = runner.invoke(app, words)
    told = json.loads(again.stdout)
    assert (again.exit_code, told["totals"]["rows"], told["totals"]["files_refused"]) == (1, 0, 2)
    assert [file["codes"] for file in told["files"]] == [["file.repeated"], ["file.repeated"]]
    with elevated("the test counts"):
        assert (ListFile.objects.count(), ListRow.objects.count()) == (2, 7)
        assert set(ListFile.objects.values_list("village_code", flat=True)) == {PASSO_CODE}


@pytest.mark.django_db
def test_load_says_whom_known_workers_are(folder, confirmed, sari) -> None:
    confirmed(sari, people(1, 4), note="before")
    done = runner.invoke(app, ["load", str(folder / "b.xlsx"), "--by", sari.email, *DAY, "--json"])
    [known, *_new] = json.loads(done.stdout)["files"][0]["rows"]
    assert known["duplicate_of"].keys() == {"register"}
    assert done.exit_code == 0


@pytest.mark.django_db
def test_load_takes_the_sender_from_the_person(folder, agency_rina) -> None:
    done = runner.invoke(app, ["load", str(folder), "--by", agency_rina.email, *DAY])
    assert done.exit_code == 0
    with elevated("the test looks"):
        assert set(ListFile.objects.values_list("village_code", "agency_code")) == {("81.71", "dinas_perikanan")}


@pytest.mark.django_db
def test_load_refuses_strangers_and_senders_out_of_scope(folder, sari, tono) -> None:
    for email in ("nobody@example.org", tono.email):
        assert runner.invoke(app, ["load", str(folder), "--by", email]).exit_code == 1
    done = runner.invoke(app, ["load", str(folder), "--by", sari.email, "--village", "81.01", *DAY, "--json"])
    assert json.loads(done.stdout)["files"][0]["codes"] == ["file.sender"]
    with elevated("the test counts"):
        assert not ListFile.objects.exists()


def test_return_writes_the_marked_list(tmp_path) -> None:
    (tmp_path / "a.xlsx").write_bytes(workbook([*people(1, 2), person(3, NIK="12")]).read())
    out = tmp_path / "marked.xlsx"
    done = runner.invoke(app, ["return", str(tmp_path / "a.xlsx"), "--out", str(out), "--no-register", *DAY])
    assert (done.exit_code, done.stdout) == (0, "")
    assert openpyxl.load_workbook(out).worksheets
    (tmp_path / "b.csv").write_text("no list")
    done = runner.invoke(app, ["return", str(tmp_path / "b.csv"), "--out", str(out), "--no-register", *DAY])
    assert done.exit_code == 1


@pytest.mark.parametrize(("file", "out"), [("a.xlsx", "none/m.xlsx"), (".", "m.xlsx")])
def test_giving_back_a_folder_or_into_none_is_wrong_usage(folder, file, out) -> None:
    done = runner.invoke(app, ["return", str(folder / file), "--out", str(folder / out), "--no-register"])
    assert done.exit_code == 2
    assert not (folder / out).exists()


@pytest.fixture
def forbidden(folder, monkeypatch):
    """A file that may not be opened, also where the tests run as root."""
    plain = Path.open

    def guarded(path: Path, *words, **more):
        if path.name == "a.xlsx":
            raise PermissionError(13, "Permission denied")
        return plain(path, *words, **more)

    monkeypatch.setattr(Path, "open", guarded)
    return folder


def test_a_file_that_may_not_be_opened_is_refused_and_the_others_go_on(forbidden) -> None:
    done = runner.invoke(app, ["check", str(forbidden), "--no-register", *DAY, "--json"])
    told = json.loads(done.stdout)["files"]
    assert [(file["status"], file["codes"], len(file["rows"])) for file in told] == [
        ("refused", ["file.unreadable"], 0),
        ("read", [], 3),
    ]


@pytest.mark.django_db
def test_loading_goes_on_after_a_file_that_may_not_be_opened(forbidden, sari) -> None:
    done = runner.invoke(app, ["load", str(forbidden), "--by", sari.email, *DAY, "--json"])
    assert [file["codes"] for file in json.loads(done.stdout)["files"]] == [["file.unreadable"], []]


@pytest.mark.django_db
def test_a_village_that_does_not_exist_is_wrong_usage(folder, sari) -> None:
    words = ["load", str(folder), "--by", sari.email, "--village", "81.71.03.9999"]
    assert runner.invoke(app, words).exit_code == 2
