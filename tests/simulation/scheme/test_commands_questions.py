"""`salawaku simulate` with several scenarios, and with questions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from salawaku.simulation.telling import number, percent, signed
from tests.simulation.scheme.test_commands import SMALL, _no_decrees, run, small

__all__ = ["_no_decrees", "small"]
YEAR = SMALL.replace("months: 2", "months: 12").replace("2026-02", "2026-12")
LATE = YEAR.replace("name: kecil", "name: lambat").replace("budget:", "first_month: 4, budget:")


@pytest.fixture
def year(tmp_path: Path) -> Path:
    path = tmp_path / "tahun.yaml"
    path.write_text(YEAR)
    return path


@pytest.fixture
def late(tmp_path: Path) -> Path:
    path = tmp_path / "lambat.yaml"
    path.write_text(LATE)
    return path


def test_several_scenarios_are_put_side_by_side(year: Path, late: Path) -> None:
    done = run(year, late, "--json")
    answer = json.loads(done.stdout)
    assert [one["name"] for one in answer["scenarios"]] == ["kecil", "lambat"]
    assert [answer["scenarios"][0]] == [json.loads(run(year, "--json").stdout)]
    (difference,) = answer["differences"]
    assert difference["inputs"] == [{"field": "sources.city.first_month.2026", "from": 1, "to": 4}]
    assert difference["sums"]["cost"]["difference"] == -60 * 16_800
    assert answer["lines"][1]["covered"] == [0, 0, 0] + [100] * 9


def test_people_read_a_column_for_each_scenario(year: Path, late: Path) -> None:
    lines = run(year, late).stdout.splitlines()
    assert lines[:2] == ["(1) kecil", "(2) lambat"]
    columns = {line[:30].strip(): line[30:].split() for line in lines[2:-1]}
    assert columns[""] == ["(1)", "(2)"]
    assert columns["2026-03"] == ["80", "0"]
    assert columns["tidak terpakai Rp"] == ["0", "1.008.000"]
    assert columns["40,0% tercapai"] == ["2026-01", "2026-04"]
    assert columns["90,0% tercapai"] == ["tidak", "tidak"]
    assert lines[-1] == "(2) sources.city.first_month.2026: 1 menjadi 4"


def test_months_that_a_scenario_has_not_are_told_as_missing(small: Path, year: Path, tmp_path: Path) -> None:
    done = run(small, year, "--out", tmp_path / "out")
    assert done.stdout.splitlines()[5].split() == ["2026-03", "-", "80"]
    with (tmp_path / "out" / "months.csv").open() as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["month", "kecil", "kecil"]
    assert rows[3] == ["2026-03", "", "80"]
    assert set(json.loads((tmp_path / "out" / "answer.json").read_text())) == {
        "scenarios", "months", "lines", "targets", "differences",
    }  # fmt: skip


def test_more_than_six_are_refused_and_one_that_is_faulty_is_named(year: Path, late: Path) -> None:
    done = run(*[year] * 7, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "scenarios is 7: from 1 to 6 are wanted" in done.stderr
    late.write_text(LATE.replace("months: 12", "months: many"))
    done = run(year, late)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{late}: months is 'many'")


def test_questions_are_answered_beside_the_months(year: Path) -> None:
    asked = [word for one in ("least-money", "month", "delay", "best-use", "tornado") for word in ("--ask", one)]
    answer = json.loads(run(year, *asked, "--json").stdout)
    assert list(answer.pop("questions")) == ["least-money", "month", "delay", "best-use", "tornado"]
    assert answer == json.loads(run(year, "--json").stdout)


def test_the_least_money_is_asked_for_a_share_a_month_and_a_mix(year: Path) -> None:
    words = ["--ask", "least-money", "--share", "30%", "--by", "2026-06", "--mix", "city=100%"]
    answer = json.loads(run(year, *words, "--json").stdout)["questions"]["least-money"]
    assert [(one["mix"], one["rupiah"]) for one in answer["targets"][0]["mixes"]] == [
        ({"city": 1.0}, (59 * 12 + 6) * 16_800), ({"city": 1.0}, (59 * 12 + 6) * 16_800),
    ]  # fmt: skip


def test_people_read_the_questions_in_lines(year: Path) -> None:
    lines = run(year, "--ask", "least-money", "--ask", "month", "--ask", "month").stdout.splitlines()
    assert lines[-6:] == [
        "Uang paling sedikit agar 40,0% (80 pekerja) terlindungi pada 2026-12:",
        "  city saja: Rp16.128.000 (Rp0 lebih dari sekarang)",
        "Uang paling sedikit agar 90,0% (180 pekerja) terlindungi pada 2026-12:",
        "  city saja: tidak tercapai, paling banyak 100 pekerja; pekerja terlalu sedikit",
        "40,0% pada 2026-12: tercapai 2026-01.",
        "90,0% pada 2026-12: tidak tercapai; kurang 100 pekerja, Rp1.680.000 sebulan.",
    ]
    words = ["--ask", "least-money", "--share", "0.1", "--by"]
    assert run(year, *words, "2026-12").stdout.splitlines()[-1] == (
        "  city saja: Rp4.032.000 (Rp12.096.000 kurang dari sekarang)"
    )
    assert run(year, *words, "2027-12").stdout.splitlines()[-1] == (
        "  city saja: tidak tercapai; bulan itu di luar skenario"
    )


def test_people_read_the_parts_of_a_mix(year: Path) -> None:
    village = "{id: desa, kind: village_fund, budget: {2026: 16128000}}"
    year.write_text(YEAR.replace("sources: [", f"sources: [{village}, "))
    lines = run(year, "--ask", "least-money", "--share", "40%", "--by", "2026-12").stdout.splitlines()
    assert lines[-3:] == [
        "  desa 50,0%, city 50,0%: Rp16.128.000 (Rp16.128.000 kurang dari sekarang)",
        "  desa saja: Rp0 (Rp16.128.000 kurang dari sekarang)",
        "  city saja: Rp0 (Rp16.128.000 kurang dari sekarang)",
    ]


def test_people_read_what_a_delay_a_billion_and_an_assumption_do(year: Path, late: Path) -> None:
    delay = run(year, "--ask", "delay").stdout.splitlines()
    assert delay[-1] == (
        "Keputusan 3 bulan lebih lambat, city: kepesertaan berakhir +50, keluarga tanpa santunan 0, dengan santunan"
        " kecil 0; manfaat Rp0 lebih sedikit, tidak terpakai Rp1.008.000 lebih banyak."
    )
    uses = run(late, "--ask", "best-use", "--amount", "2016000").stdout.splitlines()
    assert uses[-3:] == [
        "Rp2.016.000 lagi:",
        "  1. jembatan sebelum city 2026-01 sampai 2026-03: manfaat 0 rupiah, bulan pekerja +120, di akhir 0,"
        " kepesertaan berakhir -40, terpakai Rp2.016.000",
        "  1. city 2026-04 sampai 2026-12: manfaat 0 rupiah, bulan pekerja 0, di akhir 0,"
        " kepesertaan berakhir 0, terpakai Rp0",
    ]
    turned = run(year, "--ask", "tornado").stdout.splitlines()
    assert "Iuran kali 0,9 sampai 1,1: manfaat Rp 0 sampai 0" in turned
    assert "Biaya satu kecelakaan Rp 11.000.000 sampai 27.000.000: manfaat Rp 0 sampai 0" in turned


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--share", "80%"], 2, "belong to a question"),
        (["--amount", "5"], 2, "belong to a question"),
        (["--ask", "weather"], 2, "weather"),
        (["--ask", "least-money", "--share", "80%", "--by", "soon"], 2, "--by is 'soon'"),
        (["--ask", "least-money", "--share", "80%"], 1, "by is None"),
        (["--ask", "least-money", "--share", "80%", "--by", "2026-12", "--mix", "city"], 2, "--mix is written as"),
        (["--ask", "least-money", "--share", "80%", "--by", "2026-12", "--mix", "sea=1"], 1, "sources is 'sea'"),
        (["--ask", "best-use", "--amount", "0"], 1, "amount is 0"),
    ],
)
def test_what_cannot_be_asked_is_refused(year: Path, words: list[str], code: int, said: str) -> None:
    done = run(year, *words)
    assert (done.exit_code, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_question_is_asked_of_one_scenario(year: Path, late: Path) -> None:
    done = run(year, late, "--ask", "delay")
    assert (done.exit_code, done.stdout) == (2, "")


def test_numbers_are_written_as_indonesians_do() -> None:
    assert [number(value) for value in (1_234_567, -5, 0.9, 1.25, 12.5)] == ["1.234.567", "-5", "0,9", "1,25", "12"]
    assert [signed(value) for value in (3, -3, 0, 2.7779, 1_482.1)] == ["+3", "-3", "0", "+2,8", "+1.482"]
    assert percent(0.355) == "35,5%"
