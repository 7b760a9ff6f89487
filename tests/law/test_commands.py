"""`salawaku law` as a person or a script calls it: without Django, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from salawaku.law.commands import app
from salawaku.law.force import enact
from salawaku.law.reference import reference_page

ROOT = Path(__file__).resolve().parents[2]
CASE = {
    "id": "a", "kind": "contribution", "segment": "BPU", "programs": ["JKK", "JKM"], "month": "2026-02",
    "income": 1_000_000, "sector": "transport", "payer": "foster",
}  # fmt: skip


def run(*words: str, text: str = "", home: Path, law_folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        },
        "SALAWAKU_HOME": str(home),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    if law_folder:
        environment["SALAWAKU_LAW"] = str(law_folder)
    command = [sys.executable, "-m", "salawaku", "law", *words]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False, env=environment)


def test_cases_from_standard_input_and_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "cases.json"
    path.write_text(json.dumps([CASE]))
    for done in (
        run("evaluate", "-", "--json", text=json.dumps([CASE]), home=tmp_path),
        run("evaluate", str(path), "--json", home=tmp_path),
    ):
        assert (done.returncode, done.stderr) == (0, "")
        assert [answer["total"] for answer in json.loads(done.stdout)] == [8_400]


def test_people_read_sentences_and_errors_end_with_one(tmp_path: Path) -> None:
    done = run("evaluate", "-", text=json.dumps([CASE, {**CASE, "id": "b", "month": "x"}]), home=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "a: Iuran Rp8.400: JKK Rp5.000, JKM Rp3.400."
    assert done.stdout.splitlines()[1].startswith("b: Isian month")


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The same commands within this process."""
    monkeypatch.setenv("SALAWAKU_HOME", str(tmp_path))
    yield lambda *words, text="": CliRunner().invoke(app, list(words), input=text)
    enact(None)


def test_the_commands_do_the_same_within_a_process(inside: Callable[..., Result], tmp_path: Path) -> None:
    good, bad = json.dumps([CASE]), json.dumps([{**CASE, "month": "x"}])
    assert json.loads(inside("evaluate", "-", "--json", text=good).stdout)[0]["total"] == 8_400
    assert inside("evaluate", "-", text=good).stdout.startswith("a: Iuran Rp8.400")
    assert inside("evaluate", "-", text=bad).exit_code == 1
    assert inside("evaluate", "-", text="{}").exit_code == inside("evaluate", "-", text="{").exit_code == 2
    assert inside("evaluate", "-", text="[NaN]").exit_code == 2
    assert inside("evaluate", str(tmp_path / "none")).exit_code == 2
    assert inside("reference").stdout == reference_page()


@pytest.mark.parametrize("text", ["", "{", '{"id": 1}', '"x"', "[NaN]", "[Infinity]", "[" * 99_999])
def test_what_is_no_list_of_cases_is_wrong_usage(tmp_path: Path, text: str) -> None:
    done = run("evaluate", "-", "--json", text=text, home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run("evaluate", str(tmp_path / "none.json"), "--json", home=tmp_path).returncode == 2


def test_numbers_are_read_exactly(tmp_path: Path) -> None:
    text = json.dumps([CASE]).replace("1000000", "1000000.10")
    (answer,) = json.loads(run("evaluate", "-", "--json", text=text, home=tmp_path).stdout)
    assert "1000000.10" in answer["error"]["message"]
    huge = json.dumps([CASE]).replace("1000000", "1e400")
    assert run("evaluate", "-", "--json", text=huge, home=tmp_path).returncode == 1


@pytest.mark.parametrize("number", ["1e400", "1e-400", "1e99999999999999999999", "0." + "1" * 99_999])
def test_numbers_of_a_size_that_nothing_has_are_an_error_of_the_case(
    number: str, inside: Callable[..., Result]
) -> None:
    done = inside("evaluate", "-", "--json", text=json.dumps([CASE]).replace("1000000", number))
    assert done.exit_code == 1
    assert "income" in json.loads(done.stdout)[0]["error"]["message"]


def test_half_a_surrogate_pair_does_not_stop_the_answer(tmp_path: Path) -> None:
    text = json.dumps([{**CASE, "id": "\ud800"}])
    done = run("evaluate", "-", "--json", text=text, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["total"] == 8_400


def test_decrees_of_the_installation_hold(tmp_path: Path) -> None:
    folder = tmp_path / "decrees"
    folder.mkdir()
    decree = "- {parameter: bpu.jkm.flat, from: 2026-01-01, value: 7000, decree: Surat Uji 1/2026}"
    (folder / "uji.yaml").write_text(decree)
    done = run("evaluate", "-", "--json", text=json.dumps([CASE]), home=tmp_path, law_folder=folder)
    (answer,) = json.loads(done.stdout)
    assert answer["total"] == 8_500
    assert answer["lines"][1]["basis"][0]["source"] == "Surat Uji 1/2026"


def test_a_faulty_decree_stops_everything_and_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "uji.yaml").write_text("- {parameter: bpu.jkm.flat, from: 2026-01-01, value: 7000}")
    done = run("evaluate", "-", "--json", text=json.dumps([CASE]), home=tmp_path)
    assert done.returncode == 1
    assert "uji.yaml: a change names the decree that says so" in done.stderr
    assert "law.faulty_file" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_reference_page_is_the_one_that_is_shipped(tmp_path: Path) -> None:
    done = run("reference", home=tmp_path)
    assert (done.returncode, done.stdout) == (0, reference_page())
    assert (ROOT / "docs" / "reference" / "parameters.md").read_text(encoding="utf-8") == done.stdout


def test_the_law_can_be_used_alone() -> None:
    program = (
        "import sys; from salawaku import law; from datetime import date;"
        "assert law.monthly_cost(date(2026, 1, 1), payer=law.Payer.APBD) == 16800;"
        "loaded = {name.partition('.')[0] for name in sys.modules};"
        "assert not loaded & {'django', 'psycopg', 'typer'}, loaded;"
        "import doctest; assert doctest.testmod(law) == (0, 5), doctest.testmod(law)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
