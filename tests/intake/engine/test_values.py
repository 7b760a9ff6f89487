"""Sexes, money, telephone numbers, deciles, villages and occupations from what people write."""

from __future__ import annotations

from datetime import datetime, time

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salawaku.intake.engine.cells import as_text, text_series, tidy
from salawaku.intake.engine.letterhead import Letterhead, village_line
from salawaku.intake.engine.mapping import letter
from salawaku.intake.engine.numbers import deciles, incomes, phones, rupiah
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.sexes import sexes, ticked
from salawaku.intake.engine.spelling import distance, sounds
from salawaku.intake.engine.trades import Occupations
from tests.intake.engine.small_lists import occupations, places


def test_sexes() -> None:
    men, women = (
        ["L", "laki-laki", "Laki - Laki", "LK", "Pria", "M", "1"],
        ["P", "Perempuan", "PR.", "Wanita", "f", "2"],
    )
    found = sexes(pl.Series([*men, *women, "x", None])).to_list()
    assert found == ["M"] * 7 + ["F"] * 6 + [None, None]


def test_p_is_pria_beside_w() -> None:
    assert sexes(pl.Series(["P", "W"])).to_list() == ["M", "F"]
    assert sexes(pl.Series([None], dtype=pl.String)).to_list() == [None]


def test_ticks() -> None:
    male, female = pl.Series(["V", None, "x", "-", "0"]), pl.Series([None, "√", "x", "1", "1"])
    assert ticked(male, female).to_list() == ["L", "P", None, "P", "P"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("1.500.000", 1_500_000), ("Rp 1.500.000,-", 1_500_000), ("Rp. 750.000,00", 750_000), ("1500000", 1_500_000),
        ("1,5 jt", 1_500_000), ("2 juta", 2_000_000), ("800rb", 800_000), ("1,000,000", 1_000_000),
        ("500000.0", 500_000),
        ("1.000.000/bulan", 1_000_000), ("-", None), ("tidak tentu", None), ("1-2 juta", None), ("9" * 15, None),
        ("0" * 60 + "5", None),
    ],
)  # fmt: skip
def test_rupiah(text: str, due: int | None) -> None:
    assert rupiah(text) == due
    assert incomes(pl.Series([text, None])).to_list() == [due, None]


@given(st.integers(0, 10**11))
def test_every_amount_is_read_back(amount: int) -> None:
    grouped = f"{amount:,}".replace(",", ".")
    assert rupiah(str(amount)) == rupiah(f"Rp{grouped},-") == amount


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("081234567890", "081234567890"), ("81234567890", "081234567890"), ("+6281234567890", "081234567890"),
        ("0812-3456-7890", "081234567890"), ("6281234567890.0", "081234567890"),
        ("0911 342000", "0911342000"), ("-", None),
    ],
)  # fmt: skip
def test_phones(text: str, due: str | None) -> None:
    assert pl.DataFrame({"t": [text]}).select(phones("t")).item() == due


def test_deciles() -> None:
    found = pl.DataFrame({"t": ["1", "Desil 10", "11", "x"]}).select(d=deciles("t"))["d"].to_list()
    assert found == [1, 10, None, None]


VILLAGES = {
    "81.71.03.2001": (
        "Passo|NEGERI PASSO|Ngr. Passo|Paso|Desa/Kelurahan Passo|Kelurahan Passo|Passo, Kec. Baguala|"
        "81.71.03.2001|8171032001"
    ),
    "81.71.03.2004": "Negeri Lama|DESA NEGERI LAMA|Ds. Negeri Lama",
    "81.71.04.2001": "Hunuth/Durian Patah|Desa Hunuth|Durian Patah|HUNUT|Desa Hunuth / Durian Patah",
    "81.71.02.2003": "Batumerah|Bt. Merah|Btu Merah|Negeri Batu Merah",
    "81.71.01.1006": "Kel. Nusaniwe|Kelurahan Nusanive",
    "81.71.01.2003": "Negeri Nusaniwe|Desa Nusaniwe",
    "81.71.01.1011": "Kel Urimessing|Kelurahan Urimesing",
    "81.71.05.2005": "Hatalae|Hatalai",
    "81.71.04.2003": "Rumah Tiga|Rumahtiga|Rmh 3",
    "81.71.05.2002": "Negeri Ema|Ema|: Negeri Ema|Desa : Ema",
}


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, ts in VILLAGES.items() for t in ts.split("|")])
def test_villages(code: str, text: str) -> None:
    assert places().find(text.lstrip(": ")).code == code


@pytest.mark.parametrize("text", ["Nusaniwe", "Urimessing"])
def test_namesakes(text: str) -> None:
    assert len(places().find(text).codes) == 2
    assert places().find(text).code is None


@pytest.mark.parametrize(
    "text", ["Kecamatan Nusaniwe", "Baguala", "Ambon", "Latu", "Desa", "xx", "8199032001", "Hative", "Kel."]
)
def test_what_is_no_village(text: str) -> None:
    assert places().find(text).codes == ()


def test_districts_part_namesakes() -> None:
    frame = pl.DataFrame({
        "code": ["11.11.01", "11.11.02", "11.11.01.2001", "11.11.02.2001", "11.11.01.2002", "11.11.01.2003"],
        "name": ["Utara", "Selatan", "Mulyo", "Mulyo", "Karangasri", "Karangasra"],
    })  # fmt: skip
    small = Places(frame, "11.11")
    assert small.find("Mulyo").codes == ("11.11.01.2001", "11.11.02.2001")
    assert small.find("Mulyo", "Kec. Selatan").code == "11.11.02.2001"
    assert small.find("Mulyo Kec. Utara").code == "11.11.01.2001"
    assert small.find("Mulyo", "Timur").code is None
    assert small.find("Karangasru").codes == ()
    assert small.name("99") == "99"
    assert small.codes[0] == "11.11.01.2001"


TRADES = {
    "nelayan_pesisir": "nelayan|Nelayan|NELAYN|nelayan kecil|Nelayan/Perikanan|nelayan tradisional",
    "petani_cengkih_pala": "petani cengkeh|Petani cengkih dan pala",
    "sopir_angkot": "supir angkot|Sopir Angkot|sopir",
    "tukang_becak": "becak|Tukang Becak|abang becak",
    "tukang_ojek": "ojek|Tukang Ojeg|Motorcycle taxi driver",
    "penjaga_malam": "Penjaga malam/hansip kompleks",
    "pns": "PNS|asn|Pegawai Negeri Sipil (PNS)|PPPK|guru PNS|PNS Dinas Kesehatan",
    "tni_polri": "TNI|Polisi|Anggota Polri|TNI AD|tentara",
    "guru_honorer": "guru non-asn|Guru honorer",
    "pensiunan": "pensiunan|Pensiunan PNS|purnawirawan TNI",
    "pekerja_serabutan": "buruh harian lepas|serabutan",
    "mengurus_rumah_tangga": "Ibu Rumah Tangga|IRT",
    "karyawan_swasta": "Karyawan Swasta",
    "penjahit": "jahit baju/penjahit|penjahit (rumahan)",
    "papalele": "papalele keliling kampung|papalele 2",
}


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, ts in TRADES.items() for t in ts.split("|")])
def test_occupations(code: str, text: str) -> None:
    assert occupations().find(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "??",
        "-",
        "wiraswasta lain",
        "wiraswasta",
        "kerja apa saja",
        "belum bekerja",
        "istri TNI",
        "xyz",
        "123",
        "calon PNS",
        "dokter hewan kecil",
    ],
)
def test_what_names_no_occupation(text: str) -> None:
    assert occupations().find(text) is None


def test_small_list_of_occupations_without_the_excluded_ones() -> None:
    small = Occupations(
        [{"id": "a", "name_id": "Tukang foto/lukis (keliling)", "name_en": "", "aliases": "juru foto"}]
    )
    assert [small.find(t) for t in ("tukang lukis", "Juru Foto", "PNS baru", "polisi", "pensiun")] == [
        "a",
        "a",
        None,
        None,
        None,
    ]
    assert (small.name("a"), small.name("b")) == ("Tukang foto/lukis (keliling)", "b")


def test_every_shipped_name_and_alias_is_known() -> None:
    from salawaku.registry.tables import occupation_table

    for row in occupation_table().iter_rows(named=True):
        assert occupations().find(row["name_id"]) == row["id"]
        assert all(occupations().find(alias) for alias in row["aliases"].split(";") if alias)


def test_distance_counts_slips() -> None:
    assert distance("passo", "pasos", 2) == 1
    assert distance("passo", "p", 2) == 3
    assert distance("abcdef", "uvwxyz", 2) == 3
    assert sounds("Hoetoemoery") == "hutumuri"


def test_cells_as_text() -> None:
    assert [as_text(c) for c in (1.0, 1.5, True, False, 8171031203800001.0)] == [
        "1",
        "1.5",
        "TRUE",
        "FALSE",
        "8171031203800001",
    ]
    assert as_text(datetime.fromisoformat("1980-03-12T07:30")) == "1980-03-12 07:30:00"
    assert as_text(time(7, 30)) == "07:30:00"
    assert tidy("\u200b Budi\u00a0") == "Budi"
    assert tidy("#N/A") == ""
    assert text_series("x", [" a\u200b ", "#REF!", "", 2.0]).to_list() == ["a", None, None, "2"]


def test_letters_of_columns() -> None:
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_letterhead() -> None:
    head = Letterhead.of([["DINAS PERIKANAN", "KOTA AMBON"], [], ["Kecamatan: Baguala"], ["DESA ANTAH BERANTAH"]])
    assert (head.sender, head.district) == ("DINAS PERIKANAN KOTA AMBON", "Baguala")
    assert head.villages(places()) == ()
    assert Letterhead().sender == Letterhead().district == ""
    assert village_line(("81.71.01.1006",), places()) == "KELURAHAN NUSANIWE"
    assert village_line((), places()) == ""
