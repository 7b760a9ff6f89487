"""The list of the active: who is on it, and what its words for a status mean."""

from __future__ import annotations

import pytest

from salawaku.accounts.refusal import Refusal
from salawaku.cover.active_file import Active, read_active

HEADING = "NIK;KPJ;Nama;Status;Iuran\n"


BUDI = "8171039911223355;26010000002;BUDI;AKTIF;16800\n"


def read(status: str) -> list[Active]:
    """Who is active of a list of Budi, who is, and of Sari with this status."""
    sari = f"8171039911223344;26010000001;SARI;{status};16800\n"
    return read_active("aktif.csv", (HEADING + BUDI + sari).encode())


@pytest.mark.parametrize("status", ["AKTIF", "Aktif", "Y", "1", "1.0", "Peserta Aktif", "AKTIF BPU", "true"])
def test_the_active(status: str) -> None:
    assert [one.nik for one in read(status)] == ["8171039911223355", "8171039911223344"]


@pytest.mark.parametrize(
    "status",
    [
        "NON AKTIF",
        "Non-Aktif",
        "NONAKTIF",
        "Tidak Aktif",
        "TDK AKTIF",
        "T",
        "N",
        "0",
        "0.0",
        "Meninggal",
        "KELUAR",
        "",
    ],
)
def test_who_is_not(status: str) -> None:
    assert [one.nik for one in read(status)] == ["8171039911223355"]


def test_a_word_that_nobody_knows_is_asked_about() -> None:
    with pytest.raises(Refusal, match="Row 3 has the status “KUNING”; write AKTIF or NON AKTIF"):
        read("KUNING")


def test_a_list_without_a_status_names_only_the_active() -> None:
    assert len(read_active("aktif.csv", b"NIK\n8171039911223344\n")) == 1


@pytest.mark.parametrize("nik", ["8.1710305018001E+15", "8,17E+15"])
def test_a_nik_that_lost_its_digits_is_refused(nik: str) -> None:
    """The digits of the first are sixteen: it would have been taken for another person."""
    with pytest.raises(Refusal, match="Row 2 holds the NIK as a number"):
        read_active("aktif.csv", f"NIK;KPJ;Nama;Status;Iuran\n{nik};;SARI;AKTIF;16800\n".encode())


def test_a_file_name_with_a_long_ending_is_no_obstacle() -> None:
    assert len(read_active("aktif." + "x" * 250, (HEADING + BUDI).encode())) == 1


def test_an_amount_beyond_all_measure_is_no_amount() -> None:
    found = read_active("aktif.csv", (HEADING + BUDI.replace("16800", "99999999999999 jt")).encode())
    assert [one.amount for one in found] == [None]
