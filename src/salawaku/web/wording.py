"""Numbers, money and dates as people in the offices read them, in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language

MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
NOTHING = "–"


def language_now(language: str | None = None) -> str:
    """ "en" or "id": the language asked for, else that of the page."""
    return "en" if (language or get_language() or "id").startswith("en") else "id"


def number(value: Decimal | int | None, *, decimals: int = 0, language: str | None = None) -> str:
    """1.234.567 in Indonesian, 1,234,567 in English; a dash for nothing."""
    if value is None:
        return NOTHING
    exact = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{exact:,.{decimals}f}"
    return text if language_now(language) == "en" else text.translate(str.maketrans(",.", ".,"))


def rupiah(value: int | None, *, language: str | None = None) -> str:
    """Rp16.800; a minus stands before the sign."""
    if value is None:
        return NOTHING
    return f"{'-' if value < 0 else ''}Rp{number(abs(value), language=language)}"


def rupiah_short(value: int | None, *, language: str | None = None) -> str:
    """Rp1,25 miliar, Rp42 juta; small amounts in full."""
    if value is None:
        return NOTHING
    words = {"id": ("triliun", "miliar", "juta"), "en": ("trillion", "billion", "million")}[language_now(language)]
    for size, word in zip((10**12, 10**9, 10**6), words, strict=True):
        if abs(value) >= size:
            scaled = number(Decimal(value) / size, decimals=2, language=language).rstrip("0").rstrip(",.")
            return f"Rp{scaled} {word}"
    return rupiah(value, language=language)


def percent(part: int | Decimal | None, whole: int | Decimal | None, *, language: str | None = None) -> str:
    """One decimal and never clipped: 126,2%. Without a denominator a dash, not a zero."""
    if part is None or not whole:
        return NOTHING
    return f"{number(Decimal(part) * 100 / Decimal(whole), decimals=1, language=language)}%"


def day(value: date | None, *, language: str | None = None) -> str:
    """12 Maret 2026."""
    return f"{value.day} {month(value, language=language)}" if value else NOTHING


def moment(value: datetime | None, *, language: str | None = None) -> str:
    """12 Maret 2026 pukul 14.05, in the time zone of the installation."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    when = f"{local:%H.%M}" if language_now(language) == "id" else f"{local:%H:%M}"
    word = {"id": "pukul", "en": "at"}[language_now(language)]
    return f"{day(local, language=language)} {word} {when}"


def month(value: date | None, *, language: str | None = None) -> str:
    """Maret 2026."""
    return f"{month_name(value, language=language)} {value.year}" if value else NOTHING


def month_name(value: date, *, language: str | None = None) -> str:
    """Maret."""
    return MONTHS[language_now(language)][value.month - 1]


def month_short(value: date, *, language: str | None = None) -> str:
    """Mar; Agu in Indonesian, Aug in English."""
    return month_name(value, language=language)[:3]


def mask(nik: str) -> str:
    """8171••••••••1234: the district and the last four; anything too short is hidden whole."""
    return f"{nik[:4]}{'•' * (len(nik) - 8)}{nik[-4:]}" if len(nik) > 8 else "•" * len(nik)


def masked_nik(nik: str | None) -> str:
    """The masked NIK on a screen, where nothing is a dash."""
    return mask(nik) if nik else NOTHING
