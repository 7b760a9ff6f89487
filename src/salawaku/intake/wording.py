"""States, tabs and codes of lists in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TABS = {
    "rejected": _("To mend"),
    "review": _("To decide"),
    "duplicate": _("Already known"),
    "accepted": _("Ready"),
}
TAB_TEXTS = {
    "rejected": _("These rows cannot be used as they stand. Mend them here or in the marked Excel file."),
    "review": _("A person has to look at these rows before they can go on."),
    "duplicate": _("These people were named before. They are not entered twice; this list becomes further evidence."),
    "accepted": _("These rows go into the register when the list is confirmed."),
}
STATUSES = {
    "rejected": _("to mend"),
    "review": _("to decide"),
    "duplicate": _("already known"),
    "accepted": _("ready"),
}
CODES = {
    "nik.missing": _("NIK missing"),
    "nik.length": _("NIK not 16 digits"),
    "nik.nondigit": _("NIK with other signs"),
    "nik.conflict": _("NIK of another person"),
    "nik.birth_mismatch": _("NIK and birth date differ"),
    "nik.sex_mismatch": _("NIK and sex differ"),
    "nik.unknown_region": _("NIK of an unknown district"),
    "name.missing": _("Name missing"),
    "birth_date.missing": _("Birth date missing"),
    "birth_date.invalid": _("Birth date not readable"),
    "eligibility.age": _("Age outside the limits"),
    "eligibility.excluded_occupation": _("Occupation outside the programme"),
    "duplicate.probable": _("Perhaps the same person"),
    "occupation.unknown": _("Occupation not known"),
    "village.unknown": _("Village not found"),
    "village.ambiguous": _("Village not clear"),
}
