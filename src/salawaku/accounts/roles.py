"""The roles that come with the software. They are rows in the database: an administrator can change them."""

from __future__ import annotations

from typing import NamedTuple

_SEE = ("register.view", "programme.view", "cover.view")


class RoleSeed(NamedTuple):
    """One role as shipped; names and descriptions in Indonesian and English."""

    code: str
    name_id: str
    name_en: str
    description_id: str
    description_en: str
    permissions: tuple[str, ...]


ROLES = (
    RoleSeed(
        "system_administrator", "Administrator sistem", "System administrator",
        "Membuka akun dan memberi peran. Tidak melihat data pekerja.",
        "Opens accounts and gives roles. Sees no workers.",
        ("people.manage", "audit.view"),
    ),
    RoleSeed(
        "programme_officer", "Petugas program Disnaker", "Programme officer (Disnaker)",
        "Menjalankan program: daftar, kuota, usulan alokasi, keputusan, tagihan, rekonsiliasi.",
        "Runs the programme: lists, quotas, proposals, decrees, bills, reconciliation.",
        (*_SEE, "register.unmask", "register.declare", "register.merge", "register.export", "intake.load",
         "intake.confirm", "intake.decide", "programme.manage", "allocation.propose", "allocation.approve",
         "decree.sign", "bill.run", "month.reconcile", "exchange.send", "exchange.receive", "dukcapil.match",
         "sponsor.view", "sponsor.manage"),
    ),
    RoleSeed(
        "agency_officer", "Petugas OPD", "Agency officer",
        "Mengirim dan memperbaiki daftar pekerja dari sektor OPD-nya.",
        "Sends and mends the lists of the agency's own sector.",
        ("register.view", "register.declare", "intake.load", "cover.view", "sponsor.view"),
    ),
    RoleSeed(
        "village_operator", "Operator desa/negeri/kelurahan", "Village operator",
        "Mengirim dan memperbaiki daftar pekerja dari desa, negeri, atau kelurahannya.",
        "Sends and mends the lists of the village.",
        ("register.view", "register.declare", "intake.load", "cover.view"),
    ),
    RoleSeed(
        "bpjs_officer", "Petugas BPJS Ketenagakerjaan", "BPJS officer",
        "Melihat peserta, tagihan, dan pembayaran di wilayah kantor cabang.",
        "Sees participants, bills and payments in the branch's area.",
        (*_SEE, "register.unmask", "register.export", "exchange.receive"),
    ),
    RoleSeed(
        "finance_officer", "Petugas keuangan (BPKAD)", "Finance officer (BPKAD)",
        "Mencatat pembayaran dan melihat sisa dana.",
        "Records payments and sees what is left in the purses.",
        ("programme.view", "cover.view", "payment.record", "month.reconcile", "sponsor.view"),
    ),
    RoleSeed(
        "auditor", "Pemeriksa", "Auditor",
        "Membaca semuanya di wilayahnya beserta jejak auditnya; tidak mengubah apa pun.",
        "Reads everything in the area with its audit trail; changes nothing.",
        (*_SEE, "audit.view", "sponsor.view"),
    ),
    RoleSeed(
        "leader", "Pimpinan", "Leader",
        "Melihat angka cakupan, dana, dan yang akan gugur.",
        "Sees coverage, money and who is about to lapse.",
        ("programme.view", "cover.view"),
    ),
)  # fmt: skip
