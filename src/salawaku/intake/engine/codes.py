"""The codes of the contract and what they say to a person, in Indonesian and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Literal

Language = Literal["id", "en"]

WARNING = ("nik.birth_mismatch", "nik.sex_mismatch", "nik.unknown_region")


@dataclass(frozen=True, slots=True)
class Wording:
    """What one code says; `field` is the column whose cell is at fault ("" for a whole file)."""

    id: str
    en: str
    field: str = ""

    def text(self, language: Language, values: Mapping[str, object]) -> str:
        """The sentence in one language, filled in."""
        return (self.id if language == "id" else self.en).format(**values)


def _wordings() -> dict[str, Wording]:
    text = (resources.files("salawaku.intake.engine") / "wordings.toml").read_text(encoding="utf-8")
    return {code: Wording(**told) for code, told in tomllib.loads(text).items()}


WORDINGS = _wordings()


def wording(code: str, language: Language, **values: object) -> str:
    """The sentence of a row's code."""
    return WORDINGS[code].text(language, values)


def file_wording(code: str, language: Language, **values: str) -> str:
    """The sentence of a file's code; `why` tells the cases of an unreadable file apart."""
    key = f"{code}.{values['why']}" if code == "file.unreadable" else code
    return WORDINGS[key].text(language, values)
