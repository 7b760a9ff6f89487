"""The calculator of benefits: what a family receives, why, and what to do now."""

from __future__ import annotations

import pytest

from salawaku.accounts.models import User
from tests.web.law.pages import BENEFIT, ask, benefit, error_of, heading, words

pytestmark = pytest.mark.django_db
DAY = "2026-02-15"
SMALL = {"level_1": "TK_SD", "age_1": "4", "level_2": "TK_SD", "age_2": "3"}


def test_the_form_asks_for_nobodys_name() -> None:
    page = ask(BENEFIT)
    assert heading(page) == "Apa yang diterima keluarga?"
    for name in ("nama", "name_", "nik"):
        assert f'name="{name}' not in page


def test_pressed_at_once_it_is_the_full_amount() -> None:
    assert heading(benefit()).startswith("Ahli waris menerima Rp42.000.000:")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ({"months_of_membership": "2", "months_contributed": "2"}, "biaya pemakaman Rp10.000.000"),
        ({"what": "death_at_work"}, "Ahli waris menerima Rp70.000.000"),
        ({"what": "partial_anatomical", "impairment": "hearing_one_ear"}, "santunan cacat Rp16.000.000"),
        (
            {"what": "partial_functional", "impairment": "hearing_one_ear", "function_loss_pct": "12,5"},
            "santunan cacat Rp2.000.000",
        ),
        ({"what": "total_disability"}, "Pekerja menerima Rp68.000.000"),
        ({"what": "temporary", "temporary_months": "14"}, "Rp13.000.000"),
        ({"months_contributed": "36", **SMALL}, "paling banyak Rp174.000.000"),
        ({"what": "temporary", "temporary_months": "1", "transport_land": "6.000.000"}, "angkut Rp5.000.000"),
    ],
)
def test_the_published_figures(question: dict[str, object], told: str) -> None:
    assert told in heading(benefit(date=DAY, **question))


def test_too_short_a_membership_says_why_and_from_when() -> None:
    page = words(benefit(date=DAY, months_of_membership="2", months_contributed="2"))
    assert "Mulai Maret 2026 santunannya akan penuh." in page
    assert "Ahli hukum perlu memastikannya" in page
    assert "santunannya akan penuh" not in words(benefit(date=DAY, months_of_membership="3", months_contributed="3"))


def test_the_scholarship_stands_year_by_year() -> None:
    page = words(benefit(date=DAY, months_contributed="36", **SMALL))
    assert "1 4 tahun: TK/SD Rp1.500.000 3 tahun: TK/SD Rp1.500.000" in page
    assert "19 22 tahun: kuliah atau pelatihan Rp12.000.000" in page
    assert "Seluruhnya Rp87.000.000 Rp87.000.000" in page
    assert "Dokumen beasiswa" in page


def test_only_two_children_count() -> None:
    three = {**SMALL, "level_3": "PT", "age_3": "20"}
    assert "paling banyak Rp174.000.000" in heading(benefit(date=DAY, months_contributed="36", **three))


def test_too_few_years_of_contributions_are_told() -> None:
    page = benefit(date=DAY, months_contributed="12", **SMALL)
    assert heading(page).startswith("Ahli waris menerima Rp42.000.000:")
    assert "Anak-anak tidak menerima beasiswa: syaratnya iuran 3 tahun." in words(page)


def test_what_to_do_now_after_a_death() -> None:
    page = words(benefit(date=DAY))
    assert "janda, duda, atau anak" in page
    assert "akta kematian" in page
    assert "BPJS Ketenagakerjaan harus membayar paling lambat" in page
    assert "Laporkan kecelakaan" not in page
    assert "Hak klaim berakhir" not in page


def test_what_to_do_now_after_an_accident() -> None:
    page = words(benefit(date=DAY, what="temporary", temporary_months="2"))
    assert "Laporkan kecelakaan kepada BPJS Ketenagakerjaan dalam 48 jam." in page
    assert "Hak klaim berakhir pada 15 Februari 2031." in page
    assert "laporan polisi untuk kecelakaan lalu lintas" in page
    assert "Tanpa batas biaya, sesuai kebutuhan medis" in page
    assert "janda, duda, atau anak" not in page


def test_the_dead_are_not_told_to_return_to_work() -> None:
    page = words(benefit(date=DAY, what="death_at_work"))
    assert "Laporkan kecelakaan kepada BPJS Ketenagakerjaan dalam 48 jam." in page
    assert "Program kembali kerja" not in page
    assert "Program kembali kerja" in words(benefit(date=DAY, what="total_disability"))


def test_a_reason_is_printed_once_and_a_doubt_told_once() -> None:
    page = benefit(date=DAY, what="partial_anatomical", impairment="hearing_one_ear", temporary_months="2")
    assert page.count('<li class="law-again">') == 2  # the band and the wage that follows from it
    assert words(page).count("Batas golongan tercetak dalam ribuan bulat") == 1


def test_the_months_of_an_inability_are_told_by_their_share() -> None:
    page = words(benefit(date=DAY, what="temporary", temporary_months="14"))
    assert "1 – 12 100% Rp12.000.000 13 – 14 50% Rp1.000.000" in page


def test_costs_are_opened_only_when_they_were_used() -> None:
    assert '<details class="law-more">' in benefit()
    assert '<details class="law-more" open>' in benefit(what="death_at_work", transport_sea="100000")


def test_english_is_complete() -> None:
    page = benefit(language="en", date=DAY, months_contributed="36", **SMALL)
    assert heading(page).startswith("The heirs receive Rp216,000,000:")
    for told in ("widow, widower or child", "Papers to bring", "All together Rp87,000,000", "4 years: TK/SD"):
        assert told in words(page)


def test_somebody_who_is_logged_in_sees_the_same(client_of, rina: User) -> None:
    assert heading(benefit(browser=client_of(rina), date=DAY)) == heading(benefit(date=DAY))


@pytest.mark.parametrize(
    ("question", "field", "told"),
    [
        ({"date": "2026-02-30"}, "date", "Tulislah tanggal sebagai tahun-bulan-hari"),
        ({"date": "9999-12-31"}, "date", "Pilihlah tahun dari 2000 sampai 2199"),
        ({"date": "2001-01-01"}, "date", "tidak diketahui untuk 1 Januari 2001"),
        ({"income": ""}, "income", "Tulislah penghasilan atau upahnya"),
        ({"what": "temporary"}, "temporary_months", "Tulislah berapa bulan tidak dapat bekerja"),
        ({"what": "temporary", "temporary_months": "241"}, "temporary_months", "Terlalu besar"),
        ({"what": "partial_anatomical"}, "impairment", "Pilihlah bagian tubuhnya"),
        ({"what": "partial_functional", "impairment": "eye_one"}, "function_loss_pct", "misalnya 50"),
        ({"what": "partial_functional", "function_loss_pct": "101"}, "function_loss_pct", "100"),
        (
            {"what": "partial_anatomical", "impairment": "hearing_one_ear_per_10db"},
            "impairment_units", "Tulislah berapa kali 10",
        ),
        ({"what": "partial_anatomical", "impairment": "scalp"}, "impairment_pct", "persentase yang ditetapkan"),
        (
            {"what": "partial_anatomical", "impairment": "scalp", "impairment_pct": "50"},
            "impairment_pct", "Tulislah 10% - 30%.",
        ),
        ({"level_1": "SMP"}, "age_1", "Tulislah umur anak ini"),
        ({"age_3": "7"}, "level_3", "Pilihlah sekolah anak ini"),
        ({"age_1": "130", "level_1": "PT"}, "age_1", "Terlalu besar"),
        ({"months_of_membership": ""}, "months_of_membership", "Isilah bagian ini"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(question: dict[str, object], field: str, told: str) -> None:
    page = benefit(**{"date": DAY, **question})
    assert told in error_of(page, field)
    assert heading(page) == "Apa yang diterima keluarga?"


def test_a_range_of_the_table_is_met() -> None:
    page = benefit(date=DAY, what="partial_anatomical", impairment="scalp", impairment_pct="20")
    assert "Rp16.000.000" in heading(page)
