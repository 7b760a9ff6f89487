"""The page of the rule, the list of whom evidence is needed of, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import typer
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from salawaku.accounts.models import User
from salawaku.programmes import actions
from salawaku.programmes import commands as programmes
from salawaku.programmes.criteria import Criteria
from salawaku.programmes.models import CriteriaSet, Programme
from tests.conftest import person
from tests.programmes.city import PASSO, RUMAH_TIGA, programme, purse, register
from tests.programmes.test_criteria import declare

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
RULE = {"age_min": "18", "age_max": "64", "vulnerable_only": "on"}

app = typer.Typer()
app.callback()(lambda: None)
programmes.add_to(app)


@pytest.fixture
def here(db: None) -> Programme:
    """One who works, one who does not, two of Passo and one of Rumah Tiga of whom nobody knows."""
    declare(register(1, first=1)[0], works=True)
    declare(register(1, first=2)[0], works=False)
    register(2, first=3)
    register(1, first=5, village_code=RUMAH_TIGA)
    return programme()


def rule_of(here: Programme) -> str:
    return reverse("programme_criteria", args=[here.public_id])


def evidence_of(here: Programme) -> str:
    return reverse("programme_evidence", args=[here.public_id])


def test_a_change_is_counted_before_it_is_saved(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    answer = browser.post(rule_of(here), RULE | {"declared_working": "on", "do": "look"})
    assert answer.status_code == 200
    assert (answer.context["now"].passing, answer.context["now"].evidence_needed) == (5, 0)
    then = answer.context["then"]
    assert (then.passing, then.failing, then.evidence_needed) == (1, 1, 3)
    assert [(row["now"], row["then"]) for row in answer.context["rows"]] == [(0, 1), (0, 3)]
    assert "Belum ada yang disimpan" in answer.text
    assert CriteriaSet.objects.count() == 1
    saved = browser.post(rule_of(here), RULE | {"declared_working": "on", "do": "save", "reason": "Perwali 2"})
    assert saved.status_code == 302
    page = browser.get(rule_of(here)).text
    assert "Perwali 2" in page
    assert "Sari" in page
    here.refresh_from_db()
    assert (here.criteria_version, here.criteria["declared_working"]) == (2, True)


def test_every_rule_can_be_filled_in(client_of: ClientOf, sari: User, here: Programme) -> None:
    whole: dict[str, Any] = RULE | {
        "max_decile": "5", "min_decile": "1", "decile_known": "on", "residence_months": "6",
        "assistance": "excluded", "excluded_employment": ["tni", "asn"], "not_gravely_ill": "on",
        "declared_working": "on", "one_per_family": "on", "family_known": "on",
    }  # fmt: skip
    browser = client_of(sari)
    assert browser.post(rule_of(here), whole).status_code == 302
    here.refresh_from_db()
    assert Criteria.from_json(here.criteria) == Criteria(
        max_decile=5, min_decile=1, decile_known=True, residence_months=6, assistance="excluded",
        excluded_employment=("asn", "tni"), not_gravely_ill=True, declared_working=True, one_per_family=True,
        family_known=True,
    )  # fmt: skip
    page = browser.get(rule_of(here)).text
    for words in ("paling sedikit 6 bulan", "ASN, TNI", "kartu keluarga", "PKH atau BPNT", "desil 5"):
        assert words in page
    detail = browser.get(reverse("programme_detail", args=[here.public_id])).text
    assert "paling sedikit 6 bulan" in detail
    assert evidence_of(here) in detail
    assert browser.post(rule_of(here), RULE | {"assistance": "required"}).status_code == 302
    assert "Hanya yang keluarganya menerima" in browser.get(rule_of(here)).text
    assert browser.post(rule_of(here), RULE | {"one_per_family": "on"}).status_code == 302
    assert "terdepan dalam antrean" in browser.get(rule_of(here)).text


@pytest.mark.parametrize(
    "wrong",
    [{"age_max": "17"}, {"min_decile": "6", "max_decile": "5"}, {"residence_months": "0"}, {"assistance": "x"}],
)
def test_a_rule_that_makes_no_sense_comes_back(
    client_of: ClientOf, sari: User, here: Programme, wrong: dict[str, str]
) -> None:
    assert client_of(sari).post(rule_of(here), RULE | wrong).status_code == 422
    assert CriteriaSet.objects.count() == 1


def test_who_only_sees_changes_nothing(
    client_of: ClientOf, dewi: User, rina: User, rina_far: User, tono: User, here: Programme
) -> None:
    page = client_of(dewi).get(rule_of(here))
    assert page.status_code == 200
    assert 'name="age_min"' not in page.text
    assert client_of(dewi).post(rule_of(here), RULE).status_code == 403
    for who, status in ((rina, 403), (tono, 403), (rina_far, 404)):
        for url in (rule_of(here), evidence_of(here)):
            assert client_of(who).get(url).status_code == status
        assert client_of(who).post(rule_of(here), RULE).status_code == status
    assert Client().get(evidence_of(here)).status_code == 302
    assert client_of(dewi).get(f"/program/{uuid4()}/kriteria/").status_code == 404
    assert CriteriaSet.objects.count() == 1


def test_where_the_form_is_to_be_sent(client_of: ClientOf, sari: User, here: Programme) -> None:
    browser = client_of(sari)
    assert "Tidak perlu bukti" in browser.get(evidence_of(here)).text
    actions.programme_criteria_set(by=sari, programme=here, criteria=Criteria(declared_working=True))
    page = browser.get(evidence_of(here))
    assert [(row.code, row.workers) for row in page.context["villages"]] == [(PASSO, 2), (RUMAH_TIGA, 1)]
    assert page.text.count("/keterangan/") == 3
    assert "0000••••••••0003" in page.text
    assert "0000000000000003" not in page.text
    one = browser.get(f"{evidence_of(here)}?desa={RUMAH_TIGA}&alasan=work_unknown")
    assert len(one.context["rows"]) == 1
    assert [chip["remove_url"].partition("?")[2] for chip in one.context["chips"]] == [
        "alasan=work_unknown",
        f"desa={RUMAH_TIGA}",
    ]
    assert "Tidak ada orang" in browser.get(f"{evidence_of(here)}?alasan=illness_unknown").text
    for nonsense in ("desa=81.01.01.2001", "desa=x", "alasan=x", "setelah=x", "setelah=-1"):
        assert len(browser.get(f"{evidence_of(here)}?{nonsense}").context["rows"]) == 3


def test_a_leader_sees_where_but_not_who(client_of: ClientOf, here: Programme) -> None:
    actions.programme_criteria_set(by=None, programme=here, criteria=Criteria(declared_working=True))
    leader = person("wali@ambon.example", "Pimpinan", ("leader", "81.71"))
    page = client_of(leader).get(evidence_of(here))
    assert [row.workers for row in page.context["villages"]] == [2, 1]
    assert "Pekerja 3" not in page.text


def test_pages_follow_each_other(client_of: ClientOf, sari: User, here: Programme) -> None:
    register(60, first=100)
    actions.programme_criteria_set(by=sari, programme=here, criteria=Criteria(declared_working=True))
    first = client_of(sari).get(evidence_of(here))
    second = client_of(sari).get(first.context["next_url"])
    assert [len(page.context["rows"]) for page in (first, second)] == [50, 13]
    assert second.context["next_url"] == ""


def test_months_without_known_law_are_said_and_break_nothing(client_of: ClientOf, sari: User) -> None:
    old = programme(code="lama", first_month=date(2001, 1, 1), last_month=date(2001, 12, 1))
    assert "tidak ada yang dapat dihitung" in client_of(sari).get(rule_of(old)).text
    assert client_of(sari).get(evidence_of(old)).status_code == 302
    looked = client_of(sari).post(rule_of(old), RULE | {"age_max": "60", "do": "look"})
    assert looked.status_code == 200
    assert 'value="save"' in looked.text


def test_a_plan_shows_its_rule_and_its_evidence(client_of: ClientOf, sari: User, here: Programme) -> None:
    purse(here, ceiling=10_000_000)
    plan = actions.allocation_propose(by=sari, programme=here).allocation
    assert plan is not None
    page = client_of(sari).get(reverse("allocation_detail", args=[plan.public_id])).text
    assert "Aturan versi 1" in page
    assert page.count("diterangkan 1 Desember 2025") == 2


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout, result.stderr


def test_the_command_counts(here: Programme) -> None:
    actions.programme_criteria_set(by=None, programme=here, criteria=Criteria(declared_working=True))
    code, out, err = run("criteria", "ambon-2026", "--month", "2026-07", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "programme": "ambon-2026", "version": 2, "month": "2026-07", "pass": 1, "fail": 1, "evidence_needed": 3,
        "reasons": {"not_working": 1, "work_unknown": 3},
    }  # fmt: skip


@pytest.mark.parametrize("words", [("tidak-ada",), ("ambon-2026", "--month", "2027-01")])
def test_the_command_refuses(here: Programme, words: tuple[str, ...]) -> None:
    code, _out, err = run("criteria", *words, "--json")
    assert code == 1
    assert err
