"""The branch of BPJS in the demonstration: who is registered, rejected, or answered so that a person must look."""

from __future__ import annotations

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.demo.agreements import number_of
from salawaku.demo.files import table
from salawaku.exchange.actions import feedback_import, registration_send
from salawaku.exchange.actions.registration import Wanted
from salawaku.exchange.models import Question, RegistrationBatch, RegistrationRow
from salawaku.programmes.models import Decree

REJECTED = 8  # of a large file; of a small one every third
REASONS = (
    "NIK tidak padan dengan data Dukcapil",
    "Tanggal lahir tidak sesuai",
    "Sudah terdaftar sebagai peserta aktif",
    "Alamat domisili di luar wilayah kerja cabang",
)
SILENT_ONE_IN = 200  # no answer yet
STRANGER = "8171080101990001"  # in no register: Ambon has no eighth district


def register(decree: Decree, *, by: User, branch: User, conflict: bool) -> None:
    """Send the workers of a decree for registration and take in the answer; what was done stays done."""
    batch = _sent(decree, by)
    if batch is None or batch.rows.exclude(state="sent").exclude(state="to_send").exists():
        return
    rows = list(batch.rows.filter(state="sent").select_related("worker").order_by("pk"))
    told = _answers(rows, conflict=conflict and not Question.objects.exists())
    content = table(["NIK", "NO KPJ", "STATUS", "KETERANGAN"], told)
    name = f"jawaban-{batch.pk}.csv"
    feedback_import(by=branch, region_code=batch.region_code, file_name=name, content=content)


def _sent(decree: Decree, by: User) -> RegistrationBatch | None:
    if batch := RegistrationBatch.objects.filter(decree=decree).first():
        return batch
    wanted = Wanted(decree.programme, decree=decree, agreement_number=number_of(decree.programme))
    try:
        return registration_send(by=by, wanted=wanted)[0]
    except Refusal as refusal:
        if refusal.code != "registration.nobody":
            raise
        return None


def _answers(rows: list[RegistrationRow], *, conflict: bool) -> list[list[str]]:
    """Nearly all get a KPJ; with `conflict` two get the same one and one is a stranger."""
    step = max(3, len(rows) // REJECTED)
    answered = rows[: len(rows) - len(rows) // SILENT_ONE_IN]
    told = []
    for place, row in enumerate(answered):
        nik, number = row.worker.nik, f"26{row.worker_id:09d}"
        if place % step == 1:
            told.append([nik, "", "DITOLAK", REASONS[place // step % len(REASONS)]])
        else:
            told.append([nik, number, "DITERIMA", ""])
    if conflict and len(told) > step:
        told[step - 1][1] = told[0][1]
        told.append([STRANGER, "26999999999", "DITERIMA", ""])
    return told
