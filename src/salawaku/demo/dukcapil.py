"""A match with Dukcapil in the demonstration: most are valid, some have died, moved, or are not found."""

from __future__ import annotations

from datetime import date, timedelta

from salawaku.accounts.models import User
from salawaku.demo.files import table
from salawaku.exchange.actions import match_export, match_import
from salawaku.exchange.actions.match import Agreement
from salawaku.exchange.models import MatchBatch
from salawaku.programmes.models import Programme

PURPOSE = "Pemadanan data pekerja rentan sebelum pendaftaran (peragaan)"
# What the first rows are answered; so many more are still silent, the others are valid.
FOUND = ("MENINGGAL", "PINDAH", "TIDAK DITEMUKAN", "BEDA DATA", "MENINGGAL", "TIDAK DITEMUKAN", "PINDAH", "BEDA DATA")
SILENT = 3


def match(programme: Programme, today: date, *, by: User) -> None:
    """Send the workers of a programme and take the answer in; once."""
    batch = MatchBatch.objects.filter(programme=programme).first()
    if batch is None:
        agreement = Agreement(f"400.12/{programme.year} (peragaan)", programme.first_month, PURPOSE)
        batch = match_export(by=by, region_code=programme.region_code, agreement=agreement, programme=programme).batch
    if batch.answered_at is None:
        niks = list(batch.results.order_by("pk").values_list("worker__nik", flat=True))
        told = [[nik, _word(place, len(niks))] for place, nik in enumerate(niks[:-SILENT])]
        day = max(programme.first_month, today - timedelta(days=3))
        match_import(by=by, batch=batch, file_name="hasil-padan.csv", content=table(["NIK", "HASIL"], told), day=day)


def _word(place: int, number: int) -> str:
    """The faults are spread over the whole city."""
    step = max(2, number // (len(FOUND) + 1))
    kind, rest = divmod(place, step)
    return FOUND[kind] if rest == 1 and kind < len(FOUND) else "PADAN"
