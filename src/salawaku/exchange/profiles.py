"""What a file for BPJS looks like: its columns in order, as data that people edit.

Nobody publishes the branch's upload file, and it changes. So the columns are a profile: shipped, edited on a page or
as YAML, kept in versions. Its columns are compiled to SQL (compiled.py); nothing in a profile is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal
from salawaku.exchange.codes import MAY_WARN

FIELDS: dict[str, str | Promise] = {
    "nik": "NIK",
    "family_card": _("Family card number"),
    "participant_number": _("Participant number (KPJ)"),
    "name": _("Name"),
    "birth_place": _("Birth place"),
    "birth_date": _("Birth date"),
    "sex": _("Sex"),
    "address": _("Address with RT and RW"),
    "village": _("Village"),
    "district": _("District"),
    "village_code": _("Village code"),
    "phone": _("Phone"),
    "occupation_code": _("Code of the occupation"),
    "occupation": _("Occupation"),
    "income": _("Income a month"),
    "programs": _("Programmes (JKK+JKM)"),
    "first_month": _("First month"),
    "months": _("Number of months"),
    "payer_code": _("Type of collecting group (SG, SD …)"),
    "purse": _("Source of money"),
    "agreement_number": _("Number of the agreement (PKS)"),
}
DATES = ("dd-mm-yyyy", "dd/mm/yyyy", "yyyy-mm-dd", "ddmmyyyy", "yyyymmdd", "mm-yyyy", "yyyy-mm", "mmyyyy", "yyyymm")
FORMATS = {
    "birth_date": DATES,
    "first_month": DATES,
    "sex": ("L/P", "LAKI-LAKI/PEREMPUAN", "PRIA/WANITA", "M/F", "1/2"),
    "phone": ("digits", "62"),
}
MOST_COLUMNS, LONGEST = 60, 100
# Back references and look-arounds can make a pattern slow; a column of a form needs none.
SLOW = re.compile(r"\\[1-9]|\(\?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of ours, or the same constant in every row. `max_length` 0 is no limit."""

    heading: str
    field: str = ""
    constant: str = ""
    format: str = ""
    upper: bool = False
    max_length: int = 0
    required: bool = False
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole file. `warnings` are codes that are told without keeping a row back."""

    name: str
    columns: tuple[Column, ...]
    format: str = "xlsx"
    sheet: str = "Data"
    separator: str = ";"
    warnings: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """What is stored and what the YAML file says; what a column does not use is left out."""
        columns = [{name: value for name, value in asdict(one).items() if value} for one in self.columns]
        return {
            "name": self.name,
            "format": self.format,
            "sheet": self.sheet,
            "separator": self.separator,
            "warnings": list(self.warnings),
            "columns": columns,
        }


@cache
def shipped_profile() -> Profile:
    """The profile that comes with the software; a page asks for it several times, and YAML takes long to read."""
    text = (resources.files("salawaku.exchange") / "data" / "registration.yaml").read_text(encoding="utf-8")
    return profile_read(text)


def profile_read(text: str) -> Profile:
    """A profile from YAML. Refusal `profile.faulty` when it is none."""
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        raise _faulty(_("this is not YAML")) from fault
    return profile_from(data)


def profile_written(profile: Profile) -> str:
    """The profile as YAML; reading it gives the same profile."""
    return str(yaml.safe_dump(profile.as_data(), allow_unicode=True, sort_keys=False, width=110))


def profile_from(data: Any) -> Profile:
    """A profile from data. Refusal `profile.faulty` naming the first thing that is wrong; unknown keys are wrong."""
    if not isinstance(data, Mapping) or not isinstance(data.get("columns"), list):
        raise _faulty(_("it needs a name and a list of columns"))
    try:
        columns = tuple(Column(**column) for column in data["columns"])
        rest = {key: value for key, value in data.items() if key not in {"columns", "warnings"}}
        profile = Profile(columns=columns, warnings=tuple(data.get("warnings") or ()), **rest)
    except TypeError as fault:
        raise _faulty(_("it has a word that is not known here")) from fault
    _check(profile)
    return profile


def _check(profile: Profile) -> None:
    texts = (profile.name, profile.format, profile.sheet, profile.separator, *profile.warnings)
    if not all(isinstance(text, str) for text in texts) or not profile.name.strip():
        raise _faulty(_("it needs a name, and texts are texts"))
    if profile.format not in {"xlsx", "csv"} or profile.separator not in {";", ",", "|", "\t"}:
        raise _faulty(_("the format is xlsx or csv, the separator ; , | or a tab"))
    if not re.fullmatch(r"[^\[\]:*?/\\'\x00-\x1f]{1,31}", profile.sheet):
        raise _faulty(_("a sheet name has up to 31 signs, none of [ ] : * ? / \\ '"))
    if not set(profile.warnings) <= MAY_WARN:
        raise _faulty(_("a warning names a code that must keep the row back"))
    if not 1 <= len(profile.columns) <= MOST_COLUMNS:
        raise _faulty(_("it needs 1 to 60 columns"))
    for column in profile.columns:
        _check_column(column)
    if len({column.heading for column in profile.columns}) < len(profile.columns):
        raise _faulty(_("two columns have the same heading"))
    if not any(column.field == "nik" for column in profile.columns):
        raise _faulty(_("a column must hold the NIK: answers are found by it"))


def _check_column(column: Column) -> None:
    texts = (column.heading, column.field, column.constant, column.format, column.pattern)
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise _faulty(_("texts of a column are texts of up to 100 signs"))
    if not re.fullmatch(r"[^\x00-\x1f=+@-][^\x00-\x1f]{0,59}", column.heading):
        raise _faulty(_("a heading has 1 to 60 signs and does not begin like a formula"))
    told = {"heading": column.heading}
    if column.field not in {*FIELDS, ""} or (column.field and column.constant):
        raise _faulty(_("column “%(heading)s” takes one known field or a constant"), **told)
    if column.format and column.format not in FORMATS.get(column.field, ()):
        raise _faulty(_("column “%(heading)s” has a format that its field does not know"), **told)
    if not isinstance(column.max_length, int) or not 0 <= column.max_length <= 1000:
        raise _faulty(_("column “%(heading)s”: the length is a whole number up to 1000"), **told)
    if not isinstance(column.upper, bool) or not isinstance(column.required, bool):
        raise _faulty(_("column “%(heading)s”: upper and required are true or false"), **told)
    if column.pattern and not _is_pattern(column.pattern):
        raise _faulty(_("column “%(heading)s” has a pattern that cannot be used"), **told)


def _is_pattern(pattern: str) -> bool:
    if SLOW.search(pattern) or "\0" in pattern:
        return False
    try:
        re.compile(pattern)
    except (re.error, OverflowError):
        return False
    return True


def _faulty(why: str | Promise, **params: str) -> Refusal:
    told = str(why) % params if params else str(why)
    return Refusal("profile.faulty", _("The columns cannot be used: %(why)s. Nothing was changed."), why=told)
