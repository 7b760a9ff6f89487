"""The heading of a table: which column holds what, however the bank calls it."""

from __future__ import annotations

import re

RECEIPT = (
    "receipt", "nomor resi", "no resi", "resi", "no reff", "nomor bukti", "no bukti", "kuitansi", "ntb", "ntpn",
    "no jurnal", "nomor jurnal", "jurnal", "journal", "journal no", "no ref", "no referensi", "nomor referensi",
    "referensi", "reference", "reference no", "reff", "ref",
)  # fmt: skip
BILLING_CODE = ("billing code", "kode iuran", "kode billing", "billing", "kode bayar")
AMOUNT = ("amount", "jumlah", "nominal", "totalamount", "total amount", "jumlah bayar", "nilai", "total bayar")
PAID_ON = (
    "date", "tanggal", "tanggal bayar", "tgl bayar", "tgl", "paid on", "datetime trx", "tanggal transaksi",
    "tgl transaksi", "tgl trx", "waktu transaksi", "waktu bayar", "transaction date", "posting date",
    "tanggal posting",
)  # fmt: skip
VIRTUAL_ACCOUNT = (
    "va", "no va", "nomor va", "va number", "va no", "virtual account", "no virtual account",
    "nomor virtual account", "virtual account number",
)  # fmt: skip
TEXT = ("keterangan", "uraian", "berita", "deskripsi", "description", "remark", "remarks", "uraian transaksi")
CREDIT = ("kredit", "credit", "mutasi kredit", "kredit (rp)", "cr")
BALANCE = ("saldo", "balance", "saldo akhir", "running balance")
SIGN = ("d/k", "db/cr", "d/c", "dk", "jenis", "type", "tipe", "jenis mutasi")


class Heading:
    """The cells of a heading, asked by the names a column may have."""

    def __init__(self, cells: list[str]) -> None:
        self.cells = [cell.strip() for cell in cells]
        self.names = [re.sub(r"[\s._]+", " ", cell).strip().lower() for cell in self.cells]

    def place(self, known: tuple[str, ...]) -> int:
        """The first column that is called so; -1 where none is."""
        return next((index for index, name in enumerate(self.names) if name in known), -1)

    def called(self, place: int) -> str:
        """What the file itself calls a column."""
        return self.cells[place] if place >= 0 else ""


def cell(cells: list[str], place: int) -> str:
    """What stands there; nothing where the line is too short or the file has no such column.

    An apostrophe in front is how Excel is told that a number is text.
    """
    return cells[place].strip().lstrip("'") if 0 <= place < len(cells) else ""
