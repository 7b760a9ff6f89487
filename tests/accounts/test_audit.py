"""The audit trail: written with the deed, never changed, not even by the owner of the table."""

import pytest
from django.db import DatabaseError, connection, transaction

from salawaku.accounts import audit
from salawaku.accounts.dbrole import as_owner
from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import NOTHING, Scope, acting_as, scope
from salawaku.regions.models import Region
from tests.conftest import person


def passo():
    return Region.objects.get(pk="81.71.03.2001")


def regions_read_by(wanted):
    with scope(wanted):
        return sorted(AuditEvent.objects.exclude(kind="user.opened").values_list("region_code", flat=True))


class TestRecord:
    def test_it_says_who_what_and_where(self, sari):
        audit.record(by=sari, kind="boundary.imported", subject=passo(), detail={"regions": 1}, reason="peta baru")
        with acting_as(sari):
            event = AuditEvent.objects.get(kind="boundary.imported")
        assert (event.actor_id, event.actor, event.subject_type, event.subject_id) == (
            sari.pk, "Sari", "regions.region", "81.71.03.2001",
        )  # fmt: skip
        assert (event.region_code, event.reason, event.detail) == ("81.71", "peta baru", {"regions": 1})

    def test_the_region_is_the_subjects_own(self, sari, enrol):
        audit.record(by=sari, kind="worker.changed", subject=enrol("81.71.04.2003"))
        assert "81.71.04.2003" in regions_read_by(Scope(audit=("81.71.04",)))

    def test_an_author_of_two_regions_gives_none(self, db):
        two = person("dua@x.example", "Dua", ("leader", "81.71"), ("leader", "81.01"))
        audit.record(by=two, kind="demo.made", subject=passo())
        assert regions_read_by(Scope(audit=("81.71",))).count("") == 1

    def test_the_kind_is_known(self, sari):
        with pytest.raises(ValueError, match="unknown audit kind"):
            audit.record(by=sari, kind="worker.eaten", subject=passo())

    @pytest.mark.parametrize(
        "detail", [{"nik": "8171040101800001"}, {"of": ["8171040101800001"]}, {"n": 8171040101800001}]
    )
    def test_no_nik_in_the_detail(self, sari, detail):
        with pytest.raises(ValueError, match="looks like a NIK"):
            audit.record(by=sari, kind="demo.made", subject=passo(), detail=detail)

    def test_a_hash_is_no_nik(self, sari):
        detail = {"sha256": "a8171040101800001f" + "0" * 40}
        audit.record(by=sari, kind="demo.made", subject=passo(), detail=detail)
        with acting_as(sari):
            assert AuditEvent.objects.get(kind="demo.made").detail == detail

    def test_a_nik_in_the_reason_is_blotted(self, sari):
        audit.record(by=sari, kind="demo.made", subject=passo(), reason="NIK 8171040101800001 salah")
        with acting_as(sari):
            assert AuditEvent.objects.get(kind="demo.made").reason == "NIK ••• salah"

    @pytest.mark.django_db(transaction=True)
    def test_only_in_the_transaction_of_the_deed(self):
        with pytest.raises(RuntimeError, match="transaction"):
            audit.record(by=None, kind="demo.made", subject=passo())


class TestReading:
    @pytest.fixture
    def events(self, db):
        for region in ("", "81.71", "81.71.03.2001", "81.01"):
            audit.record(by=None, kind="demo.made", subject=Region(code="x"), region_code=region)

    @pytest.mark.parametrize(
        ("wanted", "seen"),
        [
            (NOTHING, []),
            (Scope(audit=("81.71",)), ["", "81.71", "81.71.03.2001"]),
            (Scope(audit=("81.01",)), ["", "81.01"]),
            (Scope(regions=("81.71.03",)), ["81.71.03.2001"]),
            (Scope(offices=("dinas_perikanan|81.71",)), []),
        ],
    )
    def test_by_region(self, events, wanted, seen):
        assert regions_read_by(wanted) == seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditevent SET actor = 'x'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
        "INSERT INTO accounts_auditevent TABLE accounts_auditevent ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    ],
)
def test_even_the_owner_changes_nothing(sql, sari):
    with as_owner(), scope(Scope(regions=("",), audit=("",))):
        with (
            pytest.raises(DatabaseError, match=r"append-only|row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
        assert AuditEvent.objects.filter(actor="system").exists()


def test_through_the_model_neither(sari):
    with scope(Scope(audit=("",))):
        event = AuditEvent.objects.first()
        event.actor = "x"
        for deed in (event.save, event.delete, lambda: AuditEvent.objects.update(actor="x")):
            with pytest.raises(DatabaseError), transaction.atomic():
                deed()


def test_nobody_signs_up(client, db):
    page = client.post("/akun/signup/", {"email": "x@y.example", "password1": "sagu-lempeng-81"})
    assert page.status_code == 200
    from salawaku.accounts.models import User

    assert not User.objects.exists()


@pytest.mark.parametrize("query", ["cari=%00", "x=%00"])
def test_a_nul_in_an_address_is_refused(client_of, sari, query):
    assert client_of(sari).get(f"/?{query}").status_code == 400
