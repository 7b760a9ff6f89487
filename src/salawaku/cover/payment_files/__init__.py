"""Reading what banks and payment channels send: one module per format, told apart by what stands in the file."""

from salawaku.cover.payment_files.reading import read_receipts
from salawaku.cover.payment_files.rows import Receipt

__all__ = ["Receipt", "read_receipts"]
