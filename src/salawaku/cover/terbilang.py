"""Amounts in Indonesian words, as letters and receipts write them: "seratus enam puluh delapan ribu rupiah"."""

from __future__ import annotations

UNITS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
GROUPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
LARGEST = 10**15 - 1


def terbilang(number: int) -> str:
    """The number in words. ValueError above 999 trillion; a number below zero begins with "minus"."""
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is too large to be written in words")
    if number < 0:
        return f"minus {terbilang(-number)}"
    return " ".join(_words(number)) or UNITS[0]


def rupiah_in_words(amount: int) -> str:
    """The amount in words with the currency, beginning with a capital: "Enam belas ribu delapan ratus rupiah"."""
    return f"{terbilang(amount)} rupiah".capitalize()


def _words(number: int) -> list[str]:
    """Nothing for zero: a group of noughts is not spoken."""
    words: list[str] = []
    for size, name in GROUPS:
        count, number = divmod(number, size)
        if count == 1 and size == 10**3:
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), name]
    return words + _below_thousand(number)


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [UNITS[hundreds], "ratus"] if hundreds else []
    return words + _below_hundred(rest)


def _below_hundred(number: int) -> list[str]:
    if number < len(UNITS):
        return [UNITS[number]] if number else []
    if number < 20:
        return [UNITS[number - 10], "belas"]
    tens, unit = divmod(number, 10)
    return [UNITS[tens], "puluh", *([UNITS[unit]] if unit else [])]
