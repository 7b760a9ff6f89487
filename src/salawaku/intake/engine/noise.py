"""Which rows below a heading are people, and which are titles, totals, numbering and signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from salawaku.intake.engine.cells import Row, tidy
from salawaku.intake.engine.dates import read_date
from salawaku.intake.engine.headings import is_numbering, repeats_heading
from salawaku.intake.engine.looks import RT_RW, SEXES
from salawaku.intake.engine.naming import plain

TOTAL = re.compile(r"^(sub\s?|grand )?(jumlah|total|jml|rekap(itulasi)?|ttl)\b")
SIGNERS = (
    "mengetahui", "menyetujui", "disetujui", r"nip\b", r"nrp\b", r"raja\b", r"lurah\b", r"camat\b", "sekretaris",
    r"ketua\b",
    "kepala (desa|dinas|kelurahan|bidang|seksi|badan|pemerintah|bagian|urusan)", r"a ?n\b", "ttd", "hormat", "dibuat",
    "diperiksa", "penanggung", "petugas", "pendata", "operator", "tembusan", "catatan", "keterangan", r"ket\b",
    "sumber",
    "demikian", "dicetak", "halaman", r"hal\b", r"page\b", "wali ?kota", "bupati", r"pj\b", r"plt\b", r"plh\b",
    "bendahara",
    "koordinator", "pejabat", "yang (membuat|mengetahui|bertanda)", "di (setujui|ketahui)", "tanda tangan",
    r"tanggal\b",
    "lampiran", r"nomor\b", "perihal", "pembina", "penata", "pengatur", "juru",
)  # fmt: skip
SIGNED = re.compile(rf"^({'|'.join(SIGNERS)})")
NIP = re.compile(r"^(nip)?\d{8}\d{6}[12]\d{3}$")
LEAST_NIK = 9  # a number with fewer digits is a fault only beside other signs of a person


@dataclass(slots=True)
class Judge:
    """Decides about the doubtful rows of one list; whole rows were settled as columns before."""

    fields: Mapping[int, str]
    as_of: date
    last_number: int = 0

    def is_person(self, row: Row, *, inside: bool) -> bool:
        """Whether this row stands for a person; `inside` means that more persons follow below."""
        texts = {name: text for c, name in self.fields.items() if c < len(row) and (text := tidy(row[c]))}
        told = {name: text for name, text in texts.items() if name not in ("number", "note", "age")}
        if not told or is_numbering(row) or repeats_heading(row):
            return False
        digits = re.sub(r"\D", "", told.get("nik", ""))
        nip = bool(NIP.match(re.sub(r"[^a-z0-9]", "", told.get("nik", "").lower())))
        signs = self._signs(texts)
        lead = [plain(text) for c, cell in enumerate(row) if (text := tidy(cell)) and self._speaks(c)]
        if any(map(TOTAL.match, lead)) and len(digits) < LEAST_NIK:
            return False
        if len(digits) > LEAST_NIK and not nip:
            return len(told) > 1 or len(digits) == 16
        if any(map(SIGNED.match, lead)):
            return signs >= 3
        return self._enough(told, texts, signs, inside)

    def _speaks(self, column: int) -> bool:
        return self.fields.get(column) not in ("occupation", "address", "group_name", "note", "village")

    def _enough(self, told: Mapping[str, str], texts: Mapping[str, str], signs: int, inside: bool) -> bool:
        if "name" not in told:
            return signs >= 2
        if signs:
            return True
        number = texts.get("number", "").rstrip(".")
        return number.isdigit() and (inside or int(number) == self.last_number + 1)

    def _signs(self, texts: Mapping[str, str]) -> int:
        """How many cells hold what only a person's row holds."""
        birth = texts.get("birth_date") or re.sub(r"^\D*", "", texts.get("birth_place_date", ""))
        return sum((
            self._born(birth),
            bool(SEXES.match(texts.get("sex", ""))),
            bool(texts.get("male")) != bool(texts.get("female")),
            len(re.sub(r"\D", "", texts.get("family_card", ""))) in (15, 16, 17),
            len(re.sub(r"\D", "", texts.get("phone", ""))) in range(9, 15),
            bool(RT_RW.match(texts.get("rt_rw", ""))),
            "occupation" in texts and "address" in texts,
            "occupation" in texts and "village" in texts,
        ))  # fmt: skip

    def _born(self, text: str) -> bool:
        """A date, also one that does not exist, that is not the day of signing."""
        read = read_date(text)
        if read is None:
            return len(re.sub(r"\D", "", text)) in (6, 7, 8)
        return read.short or read.year < self.as_of.year - 4
