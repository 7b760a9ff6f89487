"""What the pre-check of a registration file and the answers of BPJS say, by codes that never change."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Wording(NamedTuple):
    """What is wrong, and what to do."""

    what: str | Promise
    do: str | Promise


# Codes about one column carry its heading after a colon: "value.missing:Alamat".
PRECHECK: dict[str, Wording] = {
    "value.missing": Wording(
        _("A required value is missing"), _("Fill it in on the worker's list and confirm again.")
    ),
    "value.too_long": Wording(_("A value is too long"), _("Shorten it, or raise the length on the columns page.")),
    "value.pattern": Wording(
        _("A value does not have the demanded form"), _("Compare it with the form and mend it.")
    ),
    "value.illegal": Wording(
        _("A value has signs that no file may carry"),
        _("Take line breaks, invisible signs or a leading = + - @ out."),
    ),
    "nik.double": Wording(_("Two workers of the file have this NIK"), _("Merge the two records.")),
    "nik.waiting": Wording(
        _("This NIK was sent under another record"), _("Wait for the answer, or merge the two records.")
    ),
    "nik.birth_differs": Wording(
        _("The birth date is another than the one in the NIK"), _("Compare both with the identity card.")
    ),
    "nik.sex_differs": Wording(_("The sex is another than the one in the NIK"), _("Compare with the identity card.")),
    "phone.double": Wording(_("Several workers of the file have this phone number"), _("Ask for the own number.")),
    "age.too_young": Wording(
        _("Too young on the first month"), _("Check the birth date; the programme's rule says the age.")
    ),
    "age.too_old": Wording(
        _("Too old to be registered on the first month"), _("Check the birth date; the law says the age.")
    ),
    "worker.died": Wording(_("The worker has died"), _("Cover closes by itself; look for a claim of the family.")),
    "worker.merged": Wording(_("The record was merged into another one"), _("The other record is the one to send.")),
}
MAY_WARN = frozenset({"nik.birth_differs", "nik.sex_differs", "phone.double"})

# BPJS publishes no list of reasons: the words of the reason are sorted by what there is to do.
REASONS: dict[str, Wording] = {
    "reason.died": Wording(_("Died according to BPJS or Dukcapil"), _("Ask the family and report the death.")),
    "reason.registered": Wording(
        _("Already registered or active elsewhere"),
        _("Ask the branch for the KPJ. Someone who earns a wage is covered there and leaves the programme."),
    ),
    "reason.age": Wording(_("Age outside the limits"), _("Check the birth date; if it is right, free the seat.")),
    "reason.nik": Wording(
        _("NIK not found, double or not matching"), _("Compare with the identity card, or send it to Dukcapil.")
    ),
    "reason.person": Wording(_("Name or birth date differ"), _("Write both as Dukcapil has them, then send again.")),
    "reason.health": Wording(_("Ill or not working"), _("Visit the worker; if it is so, free the seat.")),
    "reason.place": Wording(_("Not a resident"), _("Check the address; a NIK of another regency is no reason.")),
    "reason.occupation": Wording(_("Occupation not accepted"), _("Choose a code that the branch knows.")),
    "reason.contact": Wording(_("Phone or e-mail not accepted"), _("Ask for the own number, then send again.")),
    "reason.other": Wording(_("Another reason"), _("Read the reason and ask the branch.")),
}
WORDS = (
    ("reason.died", r"meninggal|wafat|\bmati\b|deceased"),
    ("reason.registered", r"sudah terdaftar|telah terdaftar|masih aktif|sudah aktif|peserta aktif|kpj ganda|already"),
    ("reason.age", r"\busia\b|\bumur\b|\bage\b"),
    ("reason.person", r"\bnama\b|tgl lahir|tanggal lahir|tanggal-lahir|\bttl\b|jenis kelamin"),
    ("reason.nik", r"\bnik\b|padan|dukcapil|adminduk|\bktp\b"),
    ("reason.health", r"\bsakit\b|tidak bekerja|tdk bekerja"),
    ("reason.place", r"domisili|bukan warga|penduduk|alamat"),
    ("reason.occupation", r"pekerjaan|profesi|jabatan"),
    ("reason.contact", r"\bhp\b|telepon|telp|handphone|e-?mail"),
)
NUMBERS = re.compile(r"\d{5,}")


def reason_code(reason: str) -> str:
    """What kind of reason the words give."""
    words = " ".join(reason.lower().split())
    return next((code for code, pattern in WORDS if re.search(pattern, words)), "reason.other")


def reason_kept(reason: str) -> str:
    """The reason in one spelling and without the numbers of persons: equal reasons become one group."""
    text = NUMBERS.sub("•", " ".join(reason.split())).lower()[:300].strip(" .;:-")
    first = text[:1].upper()
    return (first if len(first) == 1 else text[:1]) + text[1:]  # a sharp s would become two letters
