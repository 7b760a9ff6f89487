"""Reading the fields of a case: each with its kind, and an error that names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar

from salawaku.law.errors import one_of
from salawaku.law.months import month_of
from salawaku.law.register import Text

E = TypeVar("E", bound=Enum)
MOST_MONTHS, MOST_WORKERS, MOST_RUPIAH = 600, 10**9, 10**15
YEARS = range(1900, 2201)


class CaseError(ValueError):
    """A case cannot be computed: a code for programs, and what to do in both languages."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(message.en)
        self.code, self.message = code, message


def missing(name: str) -> CaseError:
    """A field that the law asks for is not there."""
    return CaseError(
        "field.missing", Text(f"Isian {name} belum ada. Tambahkan.", f"The field {name} is missing. Add it.")
    )


def invalid(name: str, value: Any, wanted: Text) -> CaseError:
    """A field says something it cannot."""
    shown = str(value)[:40]
    return CaseError(
        "field.invalid",
        Text(f"Isian {name} berisi {shown!r}; tulislah {wanted.id}.", f"{name} is {shown!r}; write {wanted.en}."),
    )


class Fields:
    """The fields of one case."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def beside(self, known: frozenset[str]) -> list[str]:
        """Fields that are not among the known ones: a slip of the pen, or none of our business."""
        return sorted(set(self._raw) - known - {"id", "kind"})

    def has(self, name: str) -> bool:
        """Whether a field is there and not null."""
        return self._raw.get(name) is not None

    def raw(self, name: str) -> Any:
        """The field as it stands; CaseError when it is not there."""
        if not self.has(name):
            raise missing(name)
        return self._raw[name]

    def one_of(self, name: str, kind: type[E], default: E | None = None) -> E:
        """A member of an enum by its value."""
        if default is not None and not self.has(name):
            return default
        return member(kind, name, self.raw(name))

    def many_of(self, name: str, kind: type[E]) -> tuple[E, ...]:
        """Members of an enum, each once, at least one."""
        raw = self.raw(name)
        if not isinstance(raw, list) or not raw:
            raise invalid(name, raw, Text("daftar yang berisi", "a list that is not empty"))
        return tuple(dict.fromkeys(member(kind, name, value) for value in raw))

    def month(self, name: str) -> date:
        """A month as "2026-02"."""
        raw = self.raw(name)
        return self._calendar(raw, lambda: month_of(raw), name, Text("bulan seperti 2026-02", "a month like 2026-02"))

    def day(self, name: str) -> date:
        """A day as "2026-02-15"."""
        raw = self.raw(name)
        wanted = Text("tanggal seperti 2026-02-15", "a day like 2026-02-15")
        found = self._calendar(raw, lambda: date.fromisoformat(raw), name, wanted)
        if found.isoformat() != raw:
            raise invalid(name, raw, wanted)
        return found

    def _calendar(self, raw: Any, read: Callable[[], date], name: str, wanted: Text) -> date:
        try:
            found = read()
        except (ValueError, TypeError):
            raise invalid(name, raw, wanted) from None
        if found.year not in YEARS:
            raise invalid(name, raw, wanted)
        return found

    def whole(self, name: str, default: int | None = None, *, least: int = 0, most: int = MOST_RUPIAH) -> int:
        """A whole number of rupiah, months or heads."""
        if default is not None and not self.has(name):
            return default
        return whole(name, self.raw(name), least=least, most=most)

    def share(self, name: str) -> Fraction:
        """A percentage from 0 to 100 as an exact share."""
        raw = self.raw(name)
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal) or not 0 <= raw <= 100:
            raise invalid(name, raw, Text("persentase 0 sampai 100", "a percentage from 0 to 100"))
        return Fraction(raw) / 100

    def amounts(self, name: str) -> dict[str, int]:
        """Rupiah by kind."""
        if not self.has(name):
            return {}
        raw = self.raw(name)
        if not isinstance(raw, dict):
            raise invalid(name, raw, Text("rupiah menurut jenisnya", "rupiah by kind"))
        return {kind: whole(f"{name}.{kind}", amount) for kind, amount in raw.items() if amount is not None}


def member(kind: type[E], name: str, value: Any) -> E:
    """The member of `kind` with this value."""
    try:
        return kind(value)
    except ValueError:
        raise invalid(name, value, one_of(one.value for one in kind)) from None


def whole(name: str, raw: Any, *, least: int = 0, most: int = MOST_RUPIAH) -> int:
    """A whole number between bounds; a fraction, a text or a truth is none."""
    number = int(raw) if isinstance(raw, Decimal) and raw == raw.to_integral_value() else raw
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        wanted = Text(f"bilangan bulat dari {least} sampai {most}", f"a whole number from {least} to {most}")
        raise invalid(name, raw, wanted)
    return number
