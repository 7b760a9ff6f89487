"""Commands of the cover room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salawaku.accounts.models import User
from tests.programmes.city import PASSO, approved, programme, purse, register
from tests.programmes.test_commands import run

pytestmark = pytest.mark.django_db
STATUS_FIELDS = {"key", "workers", "active", "in_grace", "ended", "lapse_30", "lapse_90", "cost_to_keep_month"}


@pytest.fixture(autouse=True)
def city(budi: User) -> None:
    """Two workers decreed for 2026."""
    register(2)
    here = programme()
    purse(here, ceiling=10_000_000)
    approved(here, by=budi)


def test_a_month_from_bill_to_status(tmp_path: Path) -> None:
    code, out, err = run("bill", "2026-01", "--json")
    billed = json.loads(out)
    assert (code, err, billed["bills"], billed["workers"], billed["amount"]) == (0, "", 1, 2, 33_600)
    assert json.loads(run("bill", "2026-01", "--json")[1])["already_billed"] == 2
    file = tmp_path / "bank.csv"
    file.write_text(f"resi,kode iuran,jumlah,tanggal\n1,{billed['by_source'][0]['billing_code']},33600,2026-01-12\n")
    assert json.loads(run("payments", "import", str(file), "--json")[1])["matched"] == 1
    assert json.loads(run("payments", "import", str(file), "--json")[1])["repeated"] == 1
    rows = json.loads(run("cover", "status", "--as-of", "2026-01-31", "--by", "village", "--json")[1])
    assert set(rows[0]) == STATUS_FIELDS
    assert (rows[0]["key"], rows[0]["active"]) == (PASSO, 2)
    rows = json.loads(run("coverage", "--as-of", "2026-01-31", "--by", "village", "--json")[1])
    assert (rows[0]["key"], rows[0]["covered"], rows[0]["target"]) == (PASSO, 2, 2)


def test_a_receipt_that_waits_is_settled(tmp_path: Path) -> None:
    code = json.loads(run("bill", "2026-01", "--json")[1])["by_source"][0]["billing_code"]
    file = tmp_path / "bank.csv"
    file.write_text("resi,kode iuran,jumlah,tanggal\n01,x,33600,2026-01-12\n02,x,5,2026-01-12\n")
    run("payments", "import", str(file))
    first, second = json.loads(run("payments", "waiting", "--json")[1])
    assert (first["receipt"], first["amount"], first["outcome"]) == ("01", 33_600, "only_theirs")
    paid = json.loads(run("payments", "settle", str(first["id"]), "--bill", code, "--json")[1])
    assert paid == {"id": first["id"], "receipt": "01", "decision": "matched"}
    aside = json.loads(run("payments", "settle", str(second["id"]), "--not-ours", "titipan", "--json")[1])
    assert aside["decision"] == "not_ours"
    assert json.loads(run("payments", "waiting", "--json")[1]) == []
    assert run("payments", "settle", str(first["id"]), "--bill", "x", "--json")[0] == 1


def test_tables_for_people() -> None:
    assert "bills: 1" in run("bill", "2026-01")[1]
    assert PASSO in run("coverage")[1]
    assert run("cover", "status")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("bill", "2026-13"), 2, "not a month"),
        (("cover", "status", "--by", "mood"), 2, "village, agency, source, none"),
        (("coverage", "--by", "mood"), 2, "village"),
        (("coverage", "--as-of", "2021-01-01"), 1, "law.outside_validity"),
        (("cover", "status", "--as-of", "2021-01-01"), 1, "law.outside_validity"),
        (("payments", "import", __file__), 1, "payment.columns"),
        (("payments", "settle", "1"), 2, "either --bill or --not-ours"),
        (("payments", "settle", "1", "--bill", "x", "--not-ours", "y"), 2, "either --bill or --not-ours"),
        (("payments", "settle", "1", "--bill", "x"), 1, "payment.no_line"),
        (("bill", "2026-01", "--by", "siapa@example.org"), 1, "by.unknown"),
    ],
)
def test_wrong_words_are_refused(words: tuple[str, ...], code: int, says: str) -> None:
    found, out, err = run(*words, "--json")
    assert (found, out) == (code, "")
    assert says in err


def test_months_are_billed_ahead() -> None:
    code, out, _err = run("bill", "2026-02", "--through", "2026-04", "--source", "APBD Kota", "--json")
    told = json.loads(out)
    assert (code, told["first"], told["last"], told["bills"], told["worker_months"]) == (
        0,
        "2026-02",
        "2026-04",
        3,
        6,
    )
    assert [month["amount"] for month in told["months"]] == [33_600] * 3
    again = json.loads(run("bill", "2026-02", "--through", "2026-04", "--json")[1])
    assert (again["bills"], again["already_billed"]) == (0, 6)
    one = json.loads(run("bill", "2026-05", "--source", "APBD Kota", "--json")[1])
    assert (one["month"], one["bills"]) == ("2026-05", 1)
    code, _out, err = run("bill", "2026-06", "--source", "Kas Lain", "--json")
    assert (code, err.startswith("bill.no_source")) == (1, True)
    assert run("bill", "2026-06", "--through", "Juli")[0] == 2


def test_refunds_are_found() -> None:
    assert json.loads(run("refunds", "find", "--json")[1]) == {"months": 0}


@pytest.mark.parametrize(
    "words",
    [
        ("bill", "9999-12"),
        ("bill", "2026-01", "--through", "9999-12"),
        ("cover", "status", "--as-of", "9999-12-31"),
        ("cover", "lapses", "--as-of", "9999-12-31"),
    ],
)
def test_the_end_of_the_calendar_is_wrong_usage(words: tuple[str, ...]) -> None:
    code, out, err = run(*words, "--json")
    assert (code, out) == (2, "")
    assert err
