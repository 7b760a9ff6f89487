"""Occupations by name, alias and spelling variant."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from salawaku.intake.engine.spelling import distance, sounds

# What people write that names no occupation.
NOT_AN_OCCUPATION = re.compile(
    r"\b(lain|lainnya|lain2|apa saja|dll|dst|tidak|belum|tdk|blm|tanpa|nihil|kosong|macam|bebas|sembarang"
    r"|wiraswasta|swasta)\b"
)
KNOWN_AFTER_ALL = re.compile(
    r"\b(karyawan|pegawai) swasta\b|\btidak bekerja\b.*\brumah tangga\b|\bnon makanan\b|\btanpa\b"
)
CIVIL = re.compile(r"\b(pns|asn|pppk|p3k|cpns)\b|\bpegawai negeri\b|\baparatur sipil\b|\bcivil serv(ant|ice)\b")
NOT_CIVIL = re.compile(r"\b(non|honor|honorer|bukan|mantan|eks|istri|isteri|suami|kontrak|calon)\b")
RETIRED = re.compile(r"\b(pensiun|pensiunan|purnawirawan|purna|veteran|retired)\b")
ARMED = re.compile(
    r"\b(tni|polri|polisi|brimob|tentara|abri|kopassus|marinir|prajurit|kepolisian|military|police)\b"
    r"|\bangkatan (darat|laut|udara)\b"
)
NOT_ARMED = re.compile(r"\b(istri|isteri|mantan|eks|bukan|keluarga|kantin|polisi tidur|pam swakarsa)\b")
EXCLUDED = frozenset(("pns", "tni_polri"))
DROPPED = re.compile(
    r"\b(tukang|buruh|pedagang|penjual|petugas|pekerja|usaha|jual|jualan|dagang|jasa|ketua|anggota|sbg|sebagai)\b"
)
HARMLESS = frozenset((
    "kecil", "tradisional", "lokal", "harian", "lepas", "keliling", "pasar", "kampung", "biasa", "rumahan",
    "pangkalan",
    "kota", "desa", "ambon", "sendiri", "negeri", "musiman", "masjid", "gereja", "kapal", "laut", "darat", "motor",
    "umum", "freelance", "pribadi", "keluarga", "mandiri", "utama", "borongan",
))  # fmt: skip
VARIANTS = (
    ("supir", "sopir"), ("cengkeh", "cengkih"), ("cengke", "cengkih"), ("ojeg", "ojek"), ("merbot", "marbot"),
    ("marbut", "marbot"), ("bertani", "petani"), ("tani", "petani"), ("melaut", "nelayan"), ("driver", "sopir"),
    ("gurumengaji", "guru mengaji"), ("ngaji", "mengaji"), ("pembantu rumah tangga", "pembantu"), ("kenek", "kernek"),
    ("tkg", "tukang"), ("tk", "tukang"), ("bangunan bangunan", "bangunan"),
    ("pngemudi", "pengemudi"), ("brh", "buruh"),
)  # fmt: skip


@cache
def _more() -> dict[str, str]:
    """Ways of writing that the coded list does not carry, by id of the shipped list."""
    text = (resources.files("salawaku.intake.engine") / "trade_spellings.csv").read_text(encoding="utf-8")
    return {row["id"]: row["spellings"] for row in csv.DictReader(io.StringIO(text))}


def _words(text: str) -> str:
    """Words in lower case, spelling variants evened out."""
    bare = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("é", "e")).strip()
    for old, new in VARIANTS:
        bare = re.sub(rf"\b{old}\b", new, bare)
    return bare


class Occupations:
    """The coded list of occupations, looked up by whatever people write; needs no database."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        """`rows` carry id, name_id, name_en and aliases (text parted by ;)."""
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        listed = list(rows)
        for row in listed:
            self._names[row["id"]] = row["name_id"]
            self._put(row["id"], row["name_id"], row["id"])
        for spell in (_alias_forms, _name_forms, _more_forms):
            for row in listed:
                self._put(row["id"], *spell(row))
        self._cache: dict[str, str | None] = {}

    @classmethod
    def shipped(cls) -> Occupations:
        """The list that comes with the release."""
        from salawaku.registry.tables import occupation_table

        return cls(occupation_table().iter_rows(named=True))

    def _put(self, code: str, *forms: str) -> None:
        for form in forms:
            key = sounds(_words(form))
            if key:
                self._ids.setdefault(key, code)

    def name(self, code: str) -> str:
        """The Indonesian name of an occupation."""
        return self._names.get(code, code)

    def find(self, text: str) -> str | None:
        """The id of the occupation that `text` names, or None where it names none surely."""
        if text not in self._cache:
            self._cache[text] = self._find(text)
        return self._cache[text]

    def _find(self, text: str) -> str | None:
        words = _words(text)
        key = sounds(words)
        if not key or key.isdigit():
            return None
        # The law's exclusions first: "PNS guru" is a civil servant before it is a teacher.
        return self._ids.get(key) or self._excluded(words) or self._stated(text, words)

    def _excluded(self, words: str) -> str | None:
        if RETIRED.search(words):
            return "pensiunan" if "pensiunan" in self._names else None
        if CIVIL.search(words) and not NOT_CIVIL.search(words):
            return "pns" if "pns" in self._names else None
        if ARMED.search(words) and not NOT_ARMED.search(words):
            return "tni_polri" if "tni_polri" in self._names else None
        return None

    def _stated(self, text: str, words: str) -> str | None:
        if NOT_AN_OCCUPATION.search(words) and not KNOWN_AFTER_ALL.search(words):
            return None
        if (CIVIL.search(words) or ARMED.search(words)) and not re.search(r"\bnon\b|\bhonor", words):
            return None
        for form in _ways(text, words):
            found = self._ids.get(sounds(form))
            if found:
                return found
        return self._alike(sounds(words)) or self._within(words)

    def _alike(self, key: str) -> str | None:
        """An occupation one slip away (two in long words), only if no other is as near."""
        if len(key) < 6:
            return None
        limit = 2 if len(key) >= 12 else 1
        near: dict[int, set[str]] = {}
        for known, code in self._ids.items():
            if known[0] == key[0] and len(known) > 4 and (d := distance(key, known, limit)) <= limit:
                near.setdefault(d, set()).add(code)
        best = near[min(near)] if near else set()
        return best.pop() if len(best) == 1 else None

    def _within(self, words: str) -> str | None:
        """A known occupation followed by words that change nothing: "nelayan kecil keliling"."""
        parts = words.split()
        for end in range(len(parts) - 1, 0, -1):
            if all(w in HARMLESS or w.isdigit() for w in parts[end:]):
                found = self._ids.get(sounds(" ".join(parts[:end])))
                if found:
                    return found
        return None


def _ways(text: str, words: str) -> list[str]:
    """The text without brackets, each side of a slash or comma, and without "tukang", "penjual" …"""
    without = _words(re.sub(r"\(.*?\)", " ", text))
    inside = [_words(part) for part in re.findall(r"\((.*?)\)", text)]
    sides = [_words(part) for part in re.split(r"[/,;&+]|\bdan\b", re.sub(r"\(.*?\)", " ", text))]
    forms = [without, *(s for s in sides if s != without), *inside]
    return [*forms, *(d for f in (words, *forms) if (d := DROPPED.sub(" ", f).strip()) != f)]


def _alias_forms(row: Mapping[str, str]) -> list[str]:
    return [*(row.get("aliases") or "").split(";"), row.get("name_en") or ""]


def _name_forms(row: Mapping[str, str]) -> list[str]:
    name = row["name_id"]
    without = re.sub(r"\(.*?\)", " ", name)
    first, *rest = without.split("/")
    head = first.split()[0] if first.split() else ""
    ktp = re.findall(r"KTP: ([^;]+)", row.get("note") or "")
    sides = [first, *(f"{head} {side}" for side in rest), *rest]
    inside = re.findall(r"\((.*?)\)", name)
    return [without, *sides, *inside, *ktp, *first.split(" dan ")[:1]]


def _more_forms(row: Mapping[str, str]) -> list[str]:
    return _more().get(row["id"], "").split(";")
