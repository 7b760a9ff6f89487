"""Reading a payment file: CSV with semicolons or commas, a column each for receipt, billing code, amount, date."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from salawaku.accounts.refusal import Refusal

COLUMNS = {
    "receipt": {"receipt", "nomor resi", "no resi", "resi", "no reff", "nomor bukti", "no bukti", "kuitansi", "ntb"},
    "billing_code": {"billing code", "kode iuran", "kode billing", "billing", "kode bayar"},
    "amount": {"amount", "jumlah", "nominal", "totalamount", "total amount", "jumlah bayar"},
    "paid_on": {"date", "tanggal", "tanggal bayar", "tgl bayar", "paid on", "datetime trx"},
}
AMOUNT = re.compile(r"^(?:rp\.?\s*)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,]00)?$", re.IGNORECASE)
DAYS = (
    re.compile(r"^(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})(?:[ T].*)?$"),
    re.compile(r"^(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?: .*)?$"),
)
LARGEST = 20_000_000
MOST_ERRORS = 20


class Receipt(NamedTuple):
    """One line of the file; texts as they stand in it."""

    row: int
    receipt: str
    billing_code: str
    amount: int
    paid_on: date


def read_receipts(content: bytes) -> list[Receipt]:
    """All lines of the file. Refusal that names row, column and value when one cannot be read; none is guessed."""
    if len(content) > LARGEST:
        raise Refusal("payment.too_large", _("The file is larger than 20 MB. Split it and import the parts."))
    rows = _rows(content)
    places = _places(rows[0] if rows else [])
    receipts: list[Receipt] = []
    errors: list[str] = []
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            _take(number, row, places, receipts, errors)
    if errors:
        shown = "; ".join(errors[:MOST_ERRORS])
        raise Refusal("payment.unreadable", _("Nothing was imported. Please mend: %s") % shown)
    if not receipts:
        raise Refusal("payment.empty", _("The file has a heading but no payments."))
    return receipts


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    delimiter = max(";,\t|", key=head.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _places(head: list[str]) -> dict[str, int]:
    names = [re.sub(r"[\s._]+", " ", cell).strip().lower() for cell in head]
    places = {
        field: next((index for index, name in enumerate(names) if name in known), -1)
        for field, known in COLUMNS.items()
    }
    if missing := [field for field, place in places.items() if place < 0]:
        wanted = ", ".join(missing)
        raise Refusal(
            "payment.columns",
            _("The first line must name the columns receipt, billing code, amount, date. Missing: %s") % wanted,
        )
    return places


def _take(number: int, row: list[str], places: dict[str, int], receipts: list[Receipt], errors: list[str]) -> None:
    cells = {field: row[place].strip() if place < len(row) else "" for field, place in places.items()}
    amount, paid_on = _amount(cells["amount"]), _day(cells["paid_on"])
    wrong = [field for field in ("receipt", "billing_code") if not cells[field]]
    wrong += [field for field, value in (("amount", amount), ("paid_on", paid_on)) if value is None]
    if wrong or amount is None or paid_on is None:
        errors += [
            str(_("row %(row)d, column %(column)s: “%(value)s”") % {"row": number, "column": f, "value": cells[f]})
            for f in wrong
        ]
        return
    receipts.append(Receipt(number, cells["receipt"][:60], cells["billing_code"][:60], amount, paid_on))


def _amount(text: str) -> int | None:
    found = AMOUNT.match(text)
    return int(re.sub(r"[.,]", "", found[1])) if found else None


def _day(text: str) -> date | None:
    for form in DAYS:
        if found := form.match(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None
