"""Headings as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from salawaku.intake.engine.naming import field_of, field_under

LINES = (Path(__file__).parent / "data" / "headings.tsv").read_text(encoding="utf-8").splitlines()[1:]
HEADINGS = [line.split("\t") for line in LINES]  # without a field: headings of something else


@pytest.mark.parametrize(("field", "label"), HEADINGS)
def test_heading_names_its_field(field: str, label: str) -> None:
    assert (field_of(label) or "") == field


@pytest.mark.parametrize(
    ("parents", "child", "field"),
    [
        (["JENIS KELAMIN"], "L", "male"),
        (["L/P"], "P", "female"),
        (["JENIS KELAMIN"], "Laki-laki", "male"),
        (["TEMPAT/TGL LAHIR"], "TEMPAT", "birth_place"),
        (["TEMPAT/TGL LAHIR"], "TGL", "birth_date"),
        (["TANGGAL LAHIR"], "Tempat", "birth_place"),
        (["LAHIR"], "Tanggal", "birth_date"),
        (["ALAMAT"], "RT", "rt"),
        (["ALAMAT"], "RT/RW", "rt_rw"),
        (["ALAMAT"], "Desa", "village"),
        (["ALAMAT"], "Jalan", "address"),
        (["KELOMPOK"], "NAMA", "group_name"),
        (["AHLI WARIS"], "NAMA", None),
        (["AHLI WARIS"], "NIK", None),
        (["IDENTITAS"], "NIK", "nik"),
        (["NOMOR"], "KK", "family_card"),
        (["NOMOR"], "KTP", "nik"),
        (["DATA DIRI", "NAMA"], "LENGKAP", "name"),
        (["NAMA"], "", "name"),
        ([], "NIK", "nik"),
    ],
)
def test_heading_of_two_rows(parents: list[str], child: str, field: str | None) -> None:
    assert field_under(parents, child) == field
