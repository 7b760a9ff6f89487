"""The agreement (PKS) of the city with BPJS for each year of the demonstration, with its quota."""

from __future__ import annotations

from datetime import date

from salawaku.accounts.models import User
from salawaku.demo.files import paper
from salawaku.programmes.actions import AgreementTerms, Document, agreement_record
from salawaku.programmes.models import Agreement, Programme


def number_of(programme: Programme) -> str:
    """What the agreement of that year is called."""
    return f"PKS/01/{programme.year} (peragaan)"


def agree(programme: Programme, *, workers: int, by: User) -> None:
    """Record the year's agreement for so many workers, with its signed paper; once."""
    number = number_of(programme)
    if Agreement.objects.filter(number=number).exists():
        return
    terms = AgreementTerms(
        number=number,
        kind=Agreement.Kind.PKS,
        parties="Pemerintah Kota Ambon (peragaan)\nBPJS Ketenagakerjaan, kantor cabang (peragaan)",
        subject="Perlindungan pekerja rentan",
        signed_on=programme.first_month,
        valid_from=programme.first_month,
        valid_to=date(programme.year, 12, 31),
        region_code=programme.region_code,
        quotas={programme.region_code: max(1, workers)},
        programme=programme,
    )
    title = f"Perjanjian kerja sama {programme.year}, peragaan"
    agreement_record(by=by, terms=terms, document=Document(title=title, content=paper(title)))
