"""Short words for codes, fields and steps; the full sentences of the codes stand in engine/wordings.toml."""

from __future__ import annotations

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.web.wording import masked_nik

FIELDS: dict[str, Any] = {
    "nik": _("National identity number (NIK)"),
    "family_card": _("Family card number (KK)"),
    "name": _("Name"),
    "birth_place_date": _("Birth place and date"),
    "birth_place": _("Birth place"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "male": _("Mark for male"),
    "female": _("Mark for female"),
    "address": _("Address"),
    "rt_rw": _("RT/RW"),
    "rt": _("RT"),
    "rw": _("RW"),
    "village": _("Village"),
    "home_village": _("Village"),
    "district": _("District"),
    "occupation": _("Occupation"),
    "occupation_id": _("Occupation"),
    "income": _("Income"),
    "phone": _("Phone"),
    "group_name": _("Group"),
    "decile": _("Welfare decile"),
    "note": _("Note"),
}
CODES: dict[str, Promise] = {
    "nik.missing": _("NIK is empty"),
    "nik.length": _("NIK is too short or too long"),
    "nik.nondigit": _("NIK holds letters"),
    "nik.impossible": _("NIK is impossible"),
    "name.missing": _("Name is empty"),
    "birth_date.missing": _("Birth date is empty"),
    "birth_date.invalid": _("Birth date cannot be read"),
    "eligibility.age": _("Age outside the programme"),
    "eligibility.excluded_occupation": _("Occupation outside the programme"),
    "nik.conflict": _("NIK belongs to someone else"),
    "duplicate.probable": _("Probably known already"),
    "occupation.unknown": _("Occupation not known"),
    "village.unknown": _("Village not found"),
    "village.ambiguous": _("Village not clear"),
    "nik.birth_mismatch": _("Birth date differs from the NIK"),
    "nik.sex_mismatch": _("Sex differs from the NIK"),
    "nik.unknown_region": _("District in the NIK not known"),
}
STEPS: dict[str, Promise] = {
    "queued": _("Waiting for its turn"),
    "reading": _("The file is being read"),
    "linking": _("Rows are being compared with everybody known"),
    "keeping": _("The outcome is being kept"),
    "carrying": _("Workers are being carried into the register"),
}
FAILURES: dict[str, Promise] = {
    "file.not_open": _("The list was confirmed or withdrawn in the meantime. Nothing was changed."),
    "file.mostly_duplicates": _("More than half of the rows are known already. Look once more, then confirm again."),
    "file.rows_out_of_scope": _("Some rows are of villages outside your area; a colleague there must confirm."),
}
FAILED = _("The work stopped before it was done; nothing was changed. Start it again; if it stops again, tell us.")
# Sixteen digits however they are spaced: a whole identity or family card number.
_WHOLE = re.compile(r"(?<!\d)\d(?:[\s.'’-]?\d){15}(?!\d)")


def masked(text: str) -> str:
    """The text with every whole identity number in it masked; broken numbers stay, for they must be mended."""
    return _WHOLE.sub(lambda found: masked_nik(re.sub(r"\D", "", found[0])), text)
