"""A worker of Passo with a name and numbers that stand nowhere else, in every table that may hold a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from salawaku.accounts.actions import token_make
from salawaku.accounts.models import User
from salawaku.accounts.scoping import acting_as, elevated
from salawaku.cover.actions import bill_run, order_record, payment_import, refunds_make, refunds_request
from salawaku.cover.models import Bill, Difference, PaymentLine, PaymentOrder, Reconciliation, RefundLetter
from salawaku.cover.payment_files.settlement import HEADING
from salawaku.intake.models import ListFile, ListRow, Pair
from salawaku.notices.actions import feed_make
from salawaku.notices.models import Notice
from salawaku.programmes import actions as programmes
from salawaku.programmes.actions import Document
from salawaku.programmes.criteria import Criteria
from salawaku.registry.actions import Declared, declaration_add, worker_employed
from salawaku.registry.models import Merge, Worker
from salawaku.sponsors.models import Donor, DonorPledge, Pledge, PowerOfAttorney, Sponsor
from tests.conftest import BACKEND, person
from tests.programmes.city import agreement, approved, programme, purse

PASSO = "81.71.03.2001"
NAME, NIK, PHONE, STREET = "Zakharias Penandaku", "8171039911223344", "081199887766", "Jalan Penandaku 7"
SECRETS = tuple(text.encode() for text in ("Zakharias", "ZAKHARIAS", "zakharias", NIK, PHONE, "Penandaku"))


@dataclass
class World:
    """The colleagues, and one of everything that has an address."""

    people: dict[str, User]
    browsers: dict[str, Client]
    worker: Worker
    twin: Worker
    merge: Merge
    file: ListFile
    row: ListRow
    pair: Pair
    decree: Any
    token: Any
    given: Any
    receipt: PaymentLine
    difference: Any
    pledge: Pledge
    promise: DonorPledge
    declaration: Any
    event: Any
    bill: Any
    order: Any
    letter: Any
    notice: Notice
    calendar_secret: str


def build() -> World:
    """Make it, through the actions where they lead somewhere with a page."""
    people = {
        "sari": person("sari@ambon.example", "Sari", ("programme_officer", "81.71")),
        "budi": person("budi@ambon.example", "Budi", ("programme_officer", "81.71")),
        "admin": person("admin@ambon.example", "Admin", ("system_administrator", "81.71")),
        "dewi": person("dewi@inspektorat.example", "Dewi", ("auditor", "81.71")),
        "olin": person("olin@passo.example", "Olin", ("village_operator", PASSO)),
        "rina": person("rina@rumahtiga.example", "Rina", ("village_operator", "81.71.04.2003")),
        "rina_far": person(
            "rina@maltengkab.example", "Rina Jauh", ("programme_officer", "81.01"), ("system_administrator", "81.01")
        ),
        "tono": person("tono@example.org", "Tono"),
    }
    with elevated("a test fills every table"):
        worker, twin, gone = (_worker(number) for number in range(3))
        merge = Merge.objects.create(
            village_code=PASSO,
            agency_code="dinas_perikanan",
            kept=worker,
            gone=gone,
            by_id=people["sari"].pk,
            moved={"rows": {}, "status": "living"},
        )
        file, row, pair = _list(people["sari"], twin)
        decree = _decree(people)
        difference = _difference(worker)
        pledge = _pledge(twin, decree.programme)
        promise = _promise(decree.programme)
        declaration = _declaration(people["sari"], worker)
        # The twin, whom nobody has asked yet, stands on the list of whom evidence is needed.
        rule = Criteria(not_gravely_ill=True)
        programmes.programme_criteria_set(by=people["sari"], programme=decree.programme, criteria=rule)
        bill, order, letter = _money(people["sari"], twin)
        event = worker_employed(by=people["sari"], worker=twin, month=date(2026, 3, 1)).event
    token, _key = token_make(by=people["sari"], label="uji", days=1)
    given = people["sari"].assignments.get()
    receipt = _receipt(people["sari"])
    _notice(people["olin"], PASSO)
    notice = _notice(people["sari"], "81.71")
    _feed, calendar_secret = feed_make(by=people["sari"])
    return World(
        people, _browsers(people), worker, twin, merge, file, row, pair, decree, token, given, receipt, difference,
        pledge, promise, declaration, event, bill, order, letter, notice, calendar_secret,
    )  # fmt: skip


def _browsers(people: dict[str, User]) -> dict[str, Client]:
    """A browser for each colleague, logged in, and one for an anonymous visitor."""
    browsers = {name: Client() for name in (*people, "anonymous")}
    for name, user in people.items():
        browsers[name].force_login(user, backend=BACKEND)
    return browsers


def _worker(number: int) -> Worker:
    return Worker.objects.create(
        village_code=PASSO, agency_code="dinas_perikanan", nik=f"{int(NIK) + number}", name=NAME,
        name_key=NAME.lower(), birth_date=date(1985, 5, 17), sex="M", address=STREET, phone=PHONE,
        occupation_id="nelayan_pesisir", welfare_decile=3, proposed_on=date(2025, 10, 1),
        status="merged" if number == 2 else "living",
    )  # fmt: skip


def _list(by: User, twin: Worker) -> tuple[ListFile, ListRow, Pair]:
    file = ListFile.objects.create(
        village_code=PASSO, name=f"{NAME}.xlsx", sha256="0" * 64, size=1, stored=str(uuid4()), as_of=date(2026, 1, 5),
        by_id=by.pk, by_name=by.name, mapping={"NIK": "nik"},
    )  # fmt: skip
    row = ListRow.objects.create(
        file=file, village_code=PASSO, sheet="Sheet1", row=7, status="review", codes=["nik.conflict"], nik=NIK,
        name=NAME, name_key=NAME.lower(), birth_date=date(1985, 5, 17), phone=PHONE, raw={"NAMA": NAME, "NIK": NIK},
        home_village=PASSO,
    )  # fmt: skip
    ListFile.objects.filter(pk=file.pk).update(status="checked", rows=1)  # a trigger has counted the row
    pair = Pair.objects.create(village_code=PASSO, left=row, right_worker=twin, tier="conflict")
    return file, row, pair


def _receipt(by: User) -> PaymentLine:
    """A receipt that waits for somebody; the name in the file is not kept."""
    line = f"0001|{NIK}|titipan|BPU|2026-01-12|16800|{NAME}|0010|JHT=0#JKK=10000#JKM=6800|202601"
    payment_import(by=by, file_name="kanal.txt", content=f"{HEADING}\n{line}\n".encode())
    return PaymentLine.objects.get(receipt="0001")


def _difference(worker: Worker) -> Difference:
    month = Reconciliation.objects.create(
        month=date(2026, 1, 1), region_code="81.71", file_name="aktif.xlsx", sha256="0" * 64, rows=1
    )
    return Difference.objects.create(
        reconciliation=month, kind="paid_not_active", worker=worker, village_code=PASSO, due_on=date(2026, 2, 2),
        agency_code="dinas_perikanan",
    )  # fmt: skip


def _pledge(wished: Worker, of: Any) -> Pledge:
    """A pledge that waits, of a civil servant with the marked name, for the marked worker."""
    money = purse(of, ceiling=0, name="Bapak asuh", kind="foster")
    scope = {"village_code": "81.71", "agency_code": "dinas_perikanan"}
    sponsor = Sponsor.objects.create(nip=f"{NIK}77", name=NAME, bank="Bank Uji", account="0011223344", **scope)
    months = {"first_month": date(2026, 1, 1), "last_month": date(2026, 12, 1), "signed_on": date(2025, 12, 1)}
    pledge = Pledge.objects.create(sponsor=sponsor, purse=money, workers=2, wish_worker=wished, **months, **scope)
    PowerOfAttorney.objects.create(
        pledge=pledge, name=f"{NAME}.pdf", kind="application/pdf", content=b"%PDF-", sha256="0" * 64,
        village_code="81.71",
    )  # fmt: skip
    return pledge


def _promise(of: Any) -> DonorPledge:
    """What a donor promised, with a contact person of the marked name."""
    donor = Donor.objects.create(
        village_code="81.71", organisation="PT Uji Laut", contact_name=NAME, contact_phone=PHONE
    )
    return DonorPledge.objects.create(
        village_code="81.71", donor=donor, programme=of, workers=10, months=3, first_month=date(2026, 1, 1)
    )


def _declaration(by: User, worker: Worker) -> Any:
    """A field check whose file bears the marked name."""
    declared = Declared(declared_by=f"Raja {NAME}", declared_on=date(2025, 10, 1), works_at=STREET)
    return declaration_add(by=by, worker=worker, declared=declared, evidence=b"%PDF-" + NAME.encode())


def _money(by: User, twin: Worker) -> tuple[Bill, PaymentOrder, RefundLetter]:
    """A paid bill of a month without a list of BPJS, with its order and a letter that asks for the twin's month."""
    (bill,) = bill_run(by=None, month=date(2026, 3, 1)).bills
    file = f"resi;kode iuran;jumlah;tanggal\n77;{bill.billing_code};{bill.amount};2026-03-10\n".encode()
    payment_import(by=None, file_name="bank.csv", content=file)
    day = date(2026, 3, 9)
    order = order_record(by=by, number="1", issued_on=day, amount=bill.amount, bills=[bill], proof=b"%PDF-1.7")
    refunds_make(by=by, worker=twin, first_month=bill.month, reason="wage_earner")
    return bill, order, refunds_request(by=by, purse=bill.purse, number="1", issued_on=day)


def _notice(recipient: User, region_code: str) -> Notice:
    """Something that was told, and can still be prevented when the tests run."""
    return Notice.objects.create(
        recipient=recipient, kind="lapse_month", key="uji", region_code=region_code, link="/perlindungan/gugur/",
        facts={"workers": 2, "cost": 33_600, "ends_on": "2099-05-01"}, due_on=date(2099, 4, 30),
    )  # fmt: skip


def _decree(people: dict[str, User]) -> Any:
    made = programme()
    purse(made, ceiling=100_000_000)
    agreement(programme=made, document=Document("pks.pdf", b"%PDF-1.7 uji"))
    with acting_as(people["sari"]):
        allocation = approved(made, by=people["budi"], maker=people["sari"])
        return programmes.decree_freeze(
            by=people["sari"],
            allocation=allocation,
            number="1/2026",
            signed_on=date(2026, 1, 9),
            signatory="Walikota",
        )
