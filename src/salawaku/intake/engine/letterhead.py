"""What the lines above and below a list say about its village and sender."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from salawaku.intake.engine.cells import Row, tidy
from salawaku.intake.engine.places import Places

SAYS_VILLAGE = re.compile(
    r"\b(?P<kind>desa|negeri|kelurahan|kel|ds)\b(?:\s*/\s*(?:desa|negeri|kelurahan|kel)\b)*[\s.:]*(?P<name>[A-Za-z][^\n]*)",
    re.IGNORECASE,
)
SAYS_DISTRICT = re.compile(r"\b(?:kecamatan|kec)\b[\s.:]*(?P<name>[A-Za-z][A-Za-z ]*)", re.IGNORECASE)
SAYS_SENDER = re.compile(
    r"\b(dinas|badan|bagian|kantor|satuan|satpol|pemerintah (negeri|desa)|kelurahan|negeri|desa)\b.*", re.IGNORECASE
)
MOST_WORDS = 4


@dataclass(slots=True)
class Letterhead:
    """Lines around a list, and what they tell."""

    lines: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Letterhead:
        """The non-empty lines of the given rows, cells joined by blanks."""
        lines = (" ".join(filter(None, map(tidy, row))) for row in rows)
        return cls([line for line in lines if line])

    @property
    def sender(self) -> str:
        """The office or village that the lines name first."""
        found = filter(None, (SAYS_SENDER.search(line) for line in self.lines))
        return next((match[0].strip() for match in found), "")

    @property
    def district(self) -> str:
        """The name of the district that the lines mention."""
        found = filter(None, (SAYS_DISTRICT.search(line) for line in self.lines))
        return next((match["name"].strip() for match in found), "")

    def villages(self, places: Places) -> tuple[str, ...]:
        """Codes of the villages that the lines name with their kind; several if a name is not clear."""
        for line in self.lines:
            codes = _in_line(line, places, self.district)
            if codes:
                return codes
        return ()


def _in_line(line: str, places: Places, district: str) -> tuple[str, ...]:
    found: set[str] = set()
    for match in SAYS_VILLAGE.finditer(line):
        codes = named_at_start(match["kind"], match["name"], places, district)
        if codes:
            return codes
        inner = _in_line(match["name"], places, district)  # "DESA/NEGERI : NEGERI PASSO", "KEPALA DESA NEGERI LAMA"
        found.update(inner)
    return tuple(sorted(found))


def named_at_start(kind: str, text: str, places: Places, district: str = "") -> tuple[str, ...]:
    """The village whose name the text begins with, longest name first."""
    words = re.split(r"[\s,;:]+", text.strip(" :.,-"))
    for end in range(min(len(words), MOST_WORDS), 0, -1):
        codes = places.find(f"{kind} {' '.join(words[:end])}", district).codes
        if codes:
            return codes
    return ()


def hinted(name: str, places: Places) -> tuple[str, ...]:
    """A village that a sheet's or file's name tells beyond doubt ("03-negeri-halong.xlsx")."""
    text = re.sub(r"[\W\d_]+", " ", re.sub(r"\.\w{3,4}$", "", name)).strip()
    match = SAYS_VILLAGE.search(text)
    codes = named_at_start(match["kind"], match["name"], places) if match else places.find(text).codes
    return codes if len(codes) == 1 else ()


def village_line(codes: tuple[str, ...], places: Places) -> str:
    """A line of a letterhead that names one village without doubt, or nothing."""
    if len(codes) != 1:
        return ""
    kind = "KELURAHAN" if codes[0][9:10] == "1" else "DESA"
    return f"{kind} {places.name(codes[0]).upper()}"
