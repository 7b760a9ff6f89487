"""The sponsors of the demonstration: civil servants who pay for workers, what was deducted, and who left.

Some agencies have no sponsor. The latest months are not all paid, one sponsor retires and a colleague takes the
workers over, one stops when no place is free: of those workers the months to come have no sponsor.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import accumulate

from django.db import transaction
from django.db.models import QuerySet

from salawaku import law
from salawaku.accounts.models import Agency, User
from salawaku.demo.files import paper, table
from salawaku.demo.lists.names import make_name
from salawaku.programmes.models import Purse
from salawaku.registry.models import Worker
from salawaku.sponsors.actions import (
    PledgeTerms,
    deductions_return,
    match_keep,
    pledge_accept,
    pledge_record,
    sponsor_leave,
    sponsors_load,
)  # fmt: skip
from salawaku.sponsors.models import Pledge, Sponsor, SponsoredMonth
from salawaku.sponsors.paper import Paper
from salawaku.sponsors.selectors import deductions

CITY = "81.71"
SEED = 8171
STAFF_SHARE, LEAST_STAFF = 25, 30  # civil servants for a thousand workers
CARRIED_SHARE, LEAST_CARRIED = 5, 9  # percent of the workers that the sponsors promise to carry
SIZES = (1, 2, 3, 5, 10)
WAITING = 2  # newest promises that nobody has accepted yet
WITHOUT_SPONSORS = ("bkpsdm", "dinas_kominfo", "satpol_pp")  # agencies of which nobody promises anything
BANKS = ("Bank Daerah (peragaan)", "Bank Pemerintah (peragaan)")
LATE_MONTHS, UNPAID_EVERY = 4, 4  # in the newest months one sponsor in so many does not pay
WORDS = {True: ("YA", "terpotong"), False: ("TIDAK", "saldo tidak cukup")}


def register(*, by: User) -> None:
    """The personnel office sends the register of civil servants, seeded and as large as the city."""
    if Sponsor.objects.exists():
        return
    workers = Worker.objects.filter(village_code__startswith=CITY).count()
    rng = random.Random(SEED)
    agencies = sorted(Agency.objects.values_list("code", flat=True))
    heading = ["NIP", "NAMA", "OPD", "BANK", "REKENING"]
    rows = [
        _civil_servant(number, agencies, rng) for number in range(max(LEAST_STAFF, workers * STAFF_SHARE // 1000))
    ]
    sponsors_load(by=by, region_code=CITY, file_name="daftar-asn.csv", content=table(heading, rows))


def _civil_servant(number: int, agencies: list[str], rng: random.Random) -> list[str]:
    """NIP: birth date, month of appointment, sex, serial number. The account rings nowhere."""
    sex = rng.choice("MF")
    birth = date(rng.randint(1969, 1997), rng.randint(1, 12), rng.randint(1, 28))
    began = f"{birth.year + rng.randint(22, 27)}{rng.randint(1, 12):02d}"
    nip = f"{birth:%Y%m%d}{began}{'1' if sex == 'M' else '2'}{number % 1000:03d}"
    name = make_name(sex, rng)
    return [nip, name, agencies[number % len(agencies)], rng.choice(BANKS), f"00{8171:04d}{number:06d}"]


@transaction.atomic
def promise(purse: Purse, *, by: User) -> None:
    """Pledges with their papers, before the plan: those accepted make the ceiling of the purse. Once for each."""
    if purse.pledges.exists():
        return
    workers = Worker.objects.filter(village_code__startswith=CITY).count()
    wanted = max(LEAST_CARRIED, workers * CARRIED_SHARE // 100)
    rng = random.Random(SEED + purse.first_month.year)
    willing = list(Sponsor.objects.filter(status="active").exclude(agency_code__in=WITHOUT_SPONSORS).order_by("nip"))
    rng.shuffle(willing)
    sizes = [rng.choice([size for size in SIZES if size <= max(2, wanted // 6)]) for _one in willing]
    enough = sum(1 for carried in accumulate(sizes) if carried < wanted) + 1
    for place, (sponsor, size) in enumerate(zip(willing[: enough + WAITING], sizes, strict=False)):
        pledge = _pledge(sponsor, purse, size, by=by, wish=_wish(place), signed=place < enough)
        if place < enough:
            pledge_accept(by=by, pledge=pledge)


def _wish(place: int) -> str:
    """Every fourth sponsor wishes for the workers of Passo."""
    return "81.71.03.2001" if place % 4 == 3 else ""


def _pledge(
    sponsor: Sponsor,
    purse: Purse,
    workers: int,
    *,
    by: User,
    first: date | None = None,
    wish: str = "",
    signed: bool = True,
) -> Pledge:
    """A promise for the rest of the purse's months; not yet signed, it has no power of attorney."""
    first = first or purse.first_month
    terms = PledgeTerms(workers, first, purse.last_month, signed_on=first, wish_village=wish)
    title = f"Surat kuasa potong gaji, peragaan {sponsor.pk}"
    scanned = Paper(f"surat-kuasa-{sponsor.pk}.pdf", paper(title)) if signed else None
    return pledge_record(by=by, sponsor=sponsor, purse=purse, terms=terms, paper=scanned)


def match(purse: Purse, month: date, *, by: User) -> None:
    """Match the workers of a decree with the sponsors; once for each purse."""
    if not SponsoredMonth.objects.filter(pledge__purse=purse).exists():
        match_keep(by=by, purse=purse, first_month=month, today=month)


def deduct(month: date, *, today: date, by: User) -> None:
    """Each agency tells who paid; in the newest months not all did, and of this month the last agency is silent."""
    months = SponsoredMonth.objects.filter(month=month)
    agencies = sorted(set(months.filter(status="due").values_list("agency_code", flat=True)))
    now = law.first_of_month(today)
    carrying = sorted(set(months.values_list("pledge__sponsor_id", flat=True)))
    behind = carrying[::UNPAID_EVERY] if month > law.add_months(now, -LATE_MONTHS) else []
    for agency in agencies[:-1] if month == now else agencies:
        rows = deductions(region_code=CITY, agency_code=agency, month=month)
        told = [[one.nip, str(one.amount), *WORDS[one.sponsor_id not in behind]] for one in rows]
        if told:
            content = table(["NIP", "JUMLAH", "TERPOTONG", "CATATAN"], told)
            deductions_return(
                by=by, region_code=CITY, agency_code=agency, month=month, content=content,
                file_name=f"potongan-{agency}-{month:%Y-%m}.csv",
            )  # fmt: skip


def deducted(month: date) -> int:
    """What the agencies have deducted for a month, in rupiah."""
    months = SponsoredMonth.objects.filter(month=month)
    agencies = set(months.values_list("agency_code", flat=True))
    told = [row for agency in agencies for row in deductions(region_code=CITY, agency_code=agency, month=month)]
    return sum(row.amount for row in told if row.state == "paid")


@transaction.atomic
def retire(month: date, *, by: User) -> None:
    """The oldest sponsor retires; a colleague has promised as many places and takes the workers over. Once."""
    if Sponsor.objects.filter(status="retired").exists():
        return
    leaving = _carrying(month).order_by("sponsor__nip").first()
    if leaving is None:
        return
    free = Sponsor.objects.filter(status="active", pledges=None).exclude(agency_code__in=WITHOUT_SPONSORS)
    if colleague := free.order_by("nip").first():
        pledge = _pledge(colleague, leaving.purse, leaving.workers, by=by, first=month)
        pledge_accept(by=by, pledge=pledge)
    sponsor_leave(by=by, sponsor=leaving.sponsor, status="retired", from_month=month, reason="Pensiun (peragaan)")


def stop(month: date, *, by: User) -> None:
    """The sponsor of most workers stops, and no place is free for them. Once."""
    if Sponsor.objects.filter(status="stopped").exists():
        return
    leaving = _carrying(month).order_by("-workers", "-pk").first()
    if leaving:
        reason = "Berhenti menjadi bapak asuh (peragaan)"
        sponsor_leave(by=by, sponsor=leaving.sponsor, status="stopped", from_month=month, reason=reason)


def _carrying(month: date) -> QuerySet[Pledge]:
    """Pledges that carry somebody in that month."""
    carried = SponsoredMonth.objects.filter(month=month).values("pledge")
    return Pledge.objects.filter(pk__in=carried, ended_from=None).select_related("sponsor", "purse")
