"""Linkage: what a NIK holds, how names are spelt, and which records are the same person. Pure, without Django."""

from salawaku.linkage.names import name_key, name_keys, names_agree
from salawaku.linkage.nik import NikReading, clean_nik, read_nik, read_niks
from salawaku.linkage.tiers import link, record_key, record_keys

__all__ = [
    "NikReading",
    "clean_nik",
    "link",
    "name_key",
    "name_keys",
    "names_agree",
    "read_nik",
    "read_niks",
    "record_key",
    "record_keys",
]
