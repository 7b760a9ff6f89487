"""Agreements with a quota per region, and how far they are fulfilled."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import typer
from django.db import IntegrityError, ProgrammingError, connection, transaction
from typer.testing import CliRunner

from salawaku.accounts.models import AuditEvent, User
from salawaku.accounts.refusal import Refusal
from salawaku.accounts.scoping import Scope, elevated, scope
from salawaku.programmes import actions, commands
from salawaku.programmes.actions import AgreementTerms, Document
from salawaku.programmes.fulfilment import Fulfilment, agreement_fulfilment
from salawaku.programmes.models import Agreement, Programme
from salawaku.regions.models import Region
from salawaku.registry.models import Worker
from tests.programmes.city import PASSO, RUMAH_TIGA, agreement, approved, month_paid, programme, purse, register

pytestmark = pytest.mark.django_db
PDF = Document("pks.pdf", b"%PDF-1.7 isi")
TODAY = date(2026, 5, 20)


def fulfilled(one: Agreement, today: date = TODAY) -> Fulfilment:
    return agreement_fulfilment(one, today=today)


@pytest.fixture
def city(sari: User, budi: User) -> Programme:
    """Three workers in Passo, two on one purse and one on another, and one in Rumah Tiga; decided for the year."""
    register(3)
    register(1, first=4, village_code=RUMAH_TIGA)
    here = programme()
    purse(here, ceiling=2 * 12 * 16_800, name="Dua", regions=[PASSO], minimum_months=12)
    purse(here, ceiling=12 * 16_800, name="Satu", priority=2, regions=[PASSO], minimum_months=12)
    purse(here, ceiling=10**6, name="Desa", priority=3, kind="village_fund", regions=["81.71.04"])
    approved(here, by=budi, maker=sari)
    return here


def paid(here: Programme, month: int, *names: str) -> None:
    """The month of these purses, paid."""
    for name in names:
        month_paid(here.purses.get(name=name), date(2026, month, 1))


def test_thirty_five_thousand_workers_over_eleven_regencies() -> None:
    regencies = list(Region.objects.filter(level=2, code__startswith="81.").values_list("code", flat=True))
    assert len(regencies) == 11
    quotas = {code: 3_182 if place < 9 else 3_181 for place, code in enumerate(regencies)}
    one = agreement(region_code="81", quotas=quotas)
    found = fulfilled(one)
    assert [row.region_code for row in found.regions] == regencies
    assert (found.total.quota, found.total.decreed, found.total.covered) == (35_000, 0, 0)
    assert {row.name for row in found.regions} >= {"Kota Ambon"}


def test_decreed_and_covered_are_counted_region_by_region(city: Programme) -> None:
    one = agreement(quotas={PASSO: 2, "81.71.04": 8, "81.71.05": 3})
    paid(city, 5, "Dua")
    paid(city, 4, "Dua", "Desa")
    found = fulfilled(one)
    assert [(row.region_code, row.decreed, row.covered, str(row.percent)) for row in found.regions] == [
        (PASSO, 3, 2, "100.0"),
        ("81.71.04", 1, 0, "0.0"),
        ("81.71.05", 0, 0, "0.0"),
    ]
    assert (found.as_of, found.total.covered, str(found.total.percent)) == (TODAY, 2, "15.4")
    assert fulfilled(one, date(2026, 4, 30)).total.covered == 3


def test_a_share_is_never_clipped(city: Programme) -> None:
    paid(city, 5, "Dua", "Satu")
    assert str(fulfilled(agreement(quotas={PASSO: 2})).total.percent) == "150.0"


def test_the_dead_are_decreed_and_not_covered(city: Programme) -> None:
    paid(city, 5, "Dua", "Satu")
    with elevated("a test lets somebody die"):
        Worker.objects.filter(nik=f"{1:016d}").update(status="died", died_on=date(2026, 5, 2))
    row = fulfilled(agreement(quotas={PASSO: 2})).regions[0]
    assert (row.decreed, row.covered) == (3, 2)


def test_with_a_programme_only_its_cover_counts(city: Programme) -> None:
    paid(city, 5, "Dua", "Satu", "Desa")
    others = programme(code="lain-2026")
    assert fulfilled(agreement(programme=others)).total.decreed == 0
    assert fulfilled(agreement(number="2", programme=city)).total.covered == 4


def test_after_its_end_an_agreement_is_told_as_of_its_last_day(city: Programme) -> None:
    paid(city, 3, "Dua", "Satu", "Desa")
    one = agreement(valid_to=date(2026, 3, 31))
    found = fulfilled(one, date(2027, 2, 1))
    assert (found.as_of, found.total.decreed, found.total.covered) == (date(2026, 3, 31), 4, 4)
    assert fulfilled(agreement(number="2", valid_from=date(2026, 4, 1)), TODAY).total.covered == 0


def test_the_counts_are_whole_whoever_asks(city: Programme) -> None:
    paid(city, 5, "Dua", "Satu", "Desa")
    one = agreement()
    with scope(Scope(regions=(RUMAH_TIGA,))):
        assert fulfilled(one).total.covered == 4


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"kind": "oath"}, "agreement.kind"),
        ({"valid_to": date(2025, 1, 1)}, "agreement.days"),
        ({"quotas": {}}, "agreement.no_quota"),
        ({"quotas": {"81.01": 5}}, "agreement.quota_region"),
        ({"quotas": {"81.71.99": 5}}, "agreement.quota_region"),
        ({"quotas": {PASSO: 0}}, "agreement.quota_workers"),
        ({"quotas": {PASSO: 5, "81.71.03": 9}}, "agreement.quota_twice"),
        ({"number": "PKS/0/2026"}, "agreement.number"),
        ({"document": Document("a.pdf", b"MZ")}, "agreement.document_type"),
        ({"document": Document("a.pdf", b"%PDF-" + bytes(10_000_000))}, "agreement.document_size"),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(fields: dict[str, Any], code: str) -> None:
    agreement(number="PKS/0/2026")
    with pytest.raises(Refusal) as refused:
        agreement(**fields)
    assert refused.value.code == code
    assert Agreement.objects.count() == 1


def test_a_programme_of_another_region_fulfils_nothing_here() -> None:
    tual = programme(code="tual-2026", region_code="81.72")
    with pytest.raises(Refusal) as refused:
        agreement(programme=tual)
    assert refused.value.code == "agreement.programme"
    assert agreement(region_code="81", programme=tual).programme == tual


def changed(one: Agreement, reason: str = "Adendum", by: User | None = None, **fields: Any) -> Agreement:
    terms = {name: getattr(one, name) for name in AgreementTerms.__slots__ if name != "quotas"}
    quotas = dict(one.quotas.values_list("region_code", "workers"))
    document = fields.pop("document", None)
    found = AgreementTerms(**(terms | {"quotas": quotas} | fields))
    return actions.agreement_change(by=by, agreement=one, terms=found, reason=reason, document=document)


def trail() -> list[tuple[str, str, Any]]:
    with scope(Scope(audit=("",))):
        found = AuditEvent.objects.filter(subject_type="programmes.agreement").order_by("id")
        return list(found.values_list("kind", "reason", "detail"))


def test_a_change_keeps_what_was(sari: User) -> None:
    one = agreement(quotas={PASSO: 5, RUMAH_TIGA: 7})
    changed(one, by=sari, quotas={PASSO: 6}, subject="NIK 8171031705850001", document=PDF)
    assert dict(one.quotas.values_list("region_code", "workers")) == {PASSO: 6}
    (_kind, _reason, recorded), (kind, reason, detail) = trail()
    assert recorded == {"regions": 2, "workers": 12}
    assert (kind, reason) == ("agreement.changed", "Adendum")
    assert detail["before"]["quotas"] == {PASSO: 5, RUMAH_TIGA: 7}
    assert detail["after"]["quotas"] == {PASSO: 6}
    assert detail["after"]["subject"] == "NIK •••"
    assert set(detail["after"]) == {"quotas", "subject", "document_sha256"}


def test_the_same_again_changes_nothing_and_keeps_the_document() -> None:
    one = agreement(document=PDF)
    changed(one)
    assert [kind for kind, _reason, _detail in trail()] == ["agreement.recorded"]
    one.refresh_from_db()
    assert bytes(one.document or b"") == PDF.content


@pytest.mark.parametrize(
    ("fields", "reason", "code"),
    [
        ({}, "", "agreement.reason"),
        ({"region_code": "81"}, "x", "agreement.region"),
        ({"number": "2"}, "x", "agreement.number"),
        ({"quotas": {}}, "x", "agreement.no_quota"),
    ],
)
def test_a_change_that_cannot_be_is_refused(fields: dict[str, Any], reason: str, code: str) -> None:
    agreement(number="2")
    with pytest.raises(Refusal) as refused:
        changed(agreement(), reason, **fields)
    assert refused.value.code == code


def test_the_document_is_handed_out_and_written_down(sari: User) -> None:
    one = agreement(document=PDF)
    assert actions.agreement_document_taken(by=sari, agreement=one) == PDF.content
    assert trail()[-1][0] == "agreement.document_taken"
    with pytest.raises(Refusal) as refused:
        actions.agreement_document_taken(by=sari, agreement=agreement(number="2"))
    assert refused.value.code == "agreement.no_document"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE programmes_agreement SET valid_to = '2025-01-01'", "agreement_days_in_order"),
        ("UPDATE programmes_agreement SET document = 'x'", "agreement_document_has_a_hash"),
        ("UPDATE programmes_agreement SET number = 'PKS'", "agreement_once"),
        ("UPDATE programmes_agreementquota SET workers = 0", "agreement_quota_for_somebody"),
        ("UPDATE programmes_agreementquota SET region_code = '81.71'", "agreement_quota_once"),
    ],
)
def test_the_database_refuses_what_cannot_be(statement: str, constraint: str) -> None:
    agreement()
    agreement(number="2", quotas={PASSO: 1, RUMAH_TIGA: 2})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_agreement_is_never_deleted() -> None:
    one = agreement()
    one.quotas.all().delete()
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        one.delete()


def run(*words: str) -> tuple[int, str]:
    app = typer.Typer()
    commands.add_to(app)
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.stdout


def test_the_command_tells_every_agreement(city: Programme) -> None:
    agreement(quotas={PASSO: 2, RUMAH_TIGA: 2})
    paid(city, 5, "Dua", "Satu")
    code, out = run("agreements", "--as-of", "2026-05-20", "--json")
    assert (code, json.loads(out)) == (
        0,
        [
            {
                "number": "PKS/1/2026", "kind": "pks", "region": "81.71", "valid_from": "2026-01-01",
                "valid_to": "2026-12-31", "as_of": "2026-05-20", "quota": 4, "decreed": 4, "covered": 3,
                "percent": "75.0",
                "regions": [
                    {"region": PASSO, "name": "Negeri Passo", "quota": 2, "decreed": 3, "covered": 3,
                     "percent": "150.0"},
                    {"region": RUMAH_TIGA, "name": "Negeri Rumah Tiga", "quota": 2, "decreed": 1, "covered": 0,
                     "percent": "0.0"},
                ],
            }
        ],
    )  # fmt: skip
    code, out = run("agreements")
    assert (code, "pks" in out) == (0, True)
