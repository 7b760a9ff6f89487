"""The `allocate` command and what commands share."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from salawaku.accounts.models import User
from salawaku.cover import commands as cover
from salawaku.programmes import commands as programmes
from salawaku.programmes.actions import quotas_set
from salawaku.programmes.models import Allocation
from tests.programmes.city import PASSO, programme, purse, register

pytestmark = pytest.mark.django_db
ISSUE_FIELDS = {"programme", "method", "worker_months", "workers", "unfunded", "by_source", "reasons"}

app = typer.Typer()
programmes.add_to(app)
cover.add_to(app)


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_a_dry_run_prints_one_document_and_keeps_nothing() -> None:
    register(2)
    purse(programme(), ceiling=12 * 16_800)
    code, out, err = run("allocate", "ambon-2026", "--dry-run", "--json")
    plan = json.loads(out)
    assert (code, err) == (0, "")
    assert set(plan) >= ISSUE_FIELDS
    assert (plan["workers"], plan["worker_months"], plan["unfunded"]) == (1, 12, 1)
    assert set(plan["by_source"][0]) >= {"source", "ceiling", "committed", "workers", "worker_months"}
    assert not Allocation.objects.exists()


def test_the_optimum_says_its_bound_and_what_a_million_buys() -> None:
    register(2)
    purse(programme(), ceiling=12 * 16_800)
    code, out, err = run("allocate", "ambon-2026", "--method", "optimum", "--json")
    plan = json.loads(out)
    assert (code, err, plan["method"]) == (0, "", "optimum")
    assert (plan["worker_months"], plan["bound"], plan["by_source"][0]["million_buys"]) == (12, 12, 59)
    assert Allocation.objects.get().method == "optimum"


def test_a_proposal_is_kept_with_its_maker(sari: User) -> None:
    register(1)
    purse(programme(), ceiling=10_000_000)
    code, out, _err = run("allocate", "ambon-2026", "--by", "SARI@ambon.example", "--first-month", "2026-07")
    assert code == 0
    assert "worker_months: 6" in out
    assert Allocation.objects.get().proposed_by == sari


def test_the_waiting_list_as_numbers() -> None:
    register(3)
    here = programme()
    quotas_set(by=None, programme=here, method="hand", by_village={PASSO: 2})
    code, out, err = run("waiting", "ambon-2026", "--month", "2026-07", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert {key: told[key] for key in ("programme", "month", "seats", "taken", "free", "waiting")} == {
        "programme": "ambon-2026", "month": "2026-07", "seats": 2, "taken": 0, "free": 2, "waiting": 3,
    }  # fmt: skip
    passo = next(village for village in told["villages"] if village["village"] == PASSO)
    assert passo == {"village": PASSO, "name": "Passo", "seats": 2, "taken": 0, "free": 2, "waiting": 3}
    assert "Passo" in run("waiting", "ambon-2026")[1]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("allocate", "tidak-ada"), 1, "programme.unknown"),
        (("waiting", "tidak-ada"), 1, "programme.unknown"),
        (("waiting", "ambon-2026", "--month", "Juli"), 2, "write YYYY-MM"),
        (("allocate", "ambon-2026", "--by", "siapa@example.org"), 1, "by.unknown"),
        (("allocate", "ambon-2026", "--first-month", "Juli"), 2, "write YYYY-MM"),
        (("allocate", "ambon-2026", "--first-month", "2030-01"), 1, "allocation.month"),
        (("allocate", "ambon-2026", "--method", "undian"), 2, "waterfall, optimum"),
    ],
)
def test_refusals_go_to_standard_error(words: tuple[str, ...], code: int, says: str) -> None:
    programme()
    found, out, err = run(*words, "--json")
    assert (found, out) == (code, "")
    assert says in err
