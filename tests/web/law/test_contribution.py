"""The calculator of contributions, for anybody and without a log-in."""

from __future__ import annotations

import re

import pytest

from salawaku.accounts.models import User
from tests.web.law.pages import CONTRIBUTION, ask, contribution, error_of, heading, words

pytestmark = pytest.mark.django_db


def pressed_at_once() -> dict[str, list[str]]:
    """What a browser sends when somebody presses the button of the empty form at once."""
    page = ask(CONTRIBUTION)
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]+>", page):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if "name" in given and given.get("type") != "hidden":
            sent.setdefault(given["name"], []).append(given.get("value", ""))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        sent[name] = [re.search(r'value="([^"]*)" selected', options)[1]]  # type: ignore[index]
    return sent


def test_budi_presses_the_button_at_once() -> None:
    sent = pressed_at_once()
    assert sent["programs"] == ["JKK", "JKM"]
    assert heading(ask(CONTRIBUTION, **sent)).endswith("untuk 1 pekerja: Rp16.800.")


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ({"month": "2026-02", "payer": "foster", "sector": "transport"}, "Rp8.400"),
        ({"month": "2026-02", "payer": "apbd", "sector": "transport"}, "Rp16.800"),
        ({"month": "2026-02", "payer": "self", "sector": "other"}, "Rp16.800"),
        ({"month": "2026-02", "programs": ["JKK", "JKM", "JHT"]}, "Rp36.800"),
        (
            {
                "segment": "PU", "month": "2024-05", "income": "10.000.000", "risk_group": "medium",
                "programs": ["JKK", "JKM", "JHT", "JP"],
            },
            "Rp989.000",
        ),
        ({"segment": "JAKON", "month": "2026-02", "contract_value": "2.000.000.000"}, "kontrak ini Rp2.950.000"),
        (
            {"segment": "JAKON", "month": "2026-02", "project_wages": "100.000.000", "months": "2"},
            "Iuran proyek ini untuk 2 bulan mulai Februari 2026: Rp4.080.000.",
        ),
    ],
)  # fmt: skip
def test_the_published_figures(question: dict[str, object], total: str) -> None:
    assert total in heading(contribution(**question))


def test_a_relief_says_what_it_saves_and_who_bears_it() -> None:
    page = words(contribution(month="2026-02", payer="foster", sector="transport"))
    assert "Keringanan dari pemerintah sudah dihitung. Tanpa keringanan: Rp16.800." in page
    assert "JKK Bapak asuh Rp5.000" in page
    assert "PP 50/2025 Pasal 3-4" in page
    assert "sejak 1 Januari 2026" in page


def test_the_city_is_told_why_it_has_no_relief() -> None:
    page = words(contribution(month="2026-02", payer="apbd", sector="transport"))
    assert "tidak untuk iuran yang dibayar dari anggaran pemerintah" in page
    assert "Tanpa keringanan" not in page


def test_nothing_is_said_of_reliefs_where_there_is_none() -> None:
    page = words(contribution(month="2024-02"))
    assert "Keringanan dari pemerintah" not in page
    assert "anggaran pemerintah" not in page


def test_ten_workers_for_three_months() -> None:
    page = contribution(month="2026-02", months="3", workers="10", payer="foster", sector="transport")
    assert heading(page) == "Iuran 3 bulan mulai Februari 2026 untuk 10 pekerja: Rp252.000."
    assert "Untuk satu pekerja pada bulan pertama: Rp8.400." in words(page)


def test_it_says_until_when_to_pay() -> None:
    assert "Bayarlah paling lambat 16 Februari 2026." in words(contribution(month="2026-02"))
    assert "Bayarlah" not in words(contribution(segment="JAKON", month="2026-02", contract_value="2000000000"))


def test_each_reason_leads_to_the_register_and_doubt_is_marked() -> None:
    page = contribution(month="2026-02", income="3.000.000")
    assert 'href="/hukum/bpu.income_bands/"' in page
    assert "Dari ingatan" in words(page)
    assert "Ahli hukum perlu memastikannya" in words(page)
    assert page.count("Golongan penghasilan peserta bukan penerima upah dan dasar iurannya</a>: Batas") == 1


def test_english_is_complete_in_the_same_order() -> None:
    page = contribution(language="en", month="2026-02", payer="foster", sector="transport", workers="2")
    assert heading(page) == "The contribution for February 2026 is Rp16,800 for 2 workers."
    assert "Pay by 16 February 2026." in words(page)
    assert "Without the relief it would be Rp33,600." in words(page)


def test_somebody_who_is_logged_in_sees_the_same(client_of, sari: User) -> None:
    page = contribution(browser=client_of(sari), month="2026-02")
    assert heading(page) == heading(contribution(month="2026-02"))
    assert "sari@ambon.example" in page


@pytest.mark.parametrize("typed", ["1000000", "1.000.000", "1,000,000", "Rp 1.000.000", "Rp1.000.000", "1 000 000"])
def test_money_is_read_as_people_type_it(typed: str) -> None:
    assert "Rp16.800" in heading(contribution(month="2026-02", income=typed))


@pytest.mark.parametrize(
    ("question", "field", "told"),
    [
        ({"income": ""}, "income", "Tulislah penghasilan atau upahnya"),
        ({"income": "satu juta"}, "income", "Tulislah bilangan bulat dengan angka"),
        ({"income": "-5"}, "income", "Tulislah bilangan bulat dengan angka"),
        ({"income": "1.5"}, "income", "Tulislah bilangan bulat dengan angka"),
        ({"income": "9" * 20}, "income", "Terlalu besar"),
        ({"month": "2026-13"}, "month", "Tulislah bulan sebagai tahun-bulan"),
        ({"month": "9999-01"}, "month", "Pilihlah tahun dari 2000 sampai 2199"),
        ({"month": "2010-01"}, "month", "tidak diketahui untuk 1 Januari 2010"),
        ({"programs": []}, "programs", "Centanglah paling sedikit satu jaminan"),
        ({"programs": ["JKK", "JP"]}, "programs", "JP tidak tersedia untuk pekerja ini"),
        ({"segment": "PU"}, "risk_group", "Pilihlah tingkat risikonya"),
        ({"segment": "JAKON"}, "contract_value", "Tulislah nilai kontrak"),
        ({"segment": "JAKON", "contract_value": "1000", "months": "2"}, "months", "Kontrak dibayar satu kali"),
        ({"segment": "JAKON", "contract_value": "1000", "workers": "2"}, "workers", "sudah untuk semua pekerja"),
        ({"workers": "0"}, "workers", "Terlalu kecil"),
        ({"workers": "2.000.000.000"}, "workers", "Angka tertinggi di sini 1.000.000.000."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(question: dict[str, object], field: str, told: str) -> None:
    page = contribution(**{"month": "2026-02", **question})
    assert told in error_of(page, field)
    assert heading(page) == "Berapa iuran sebulan?"


def test_what_was_typed_stays() -> None:
    page = contribution(month="2026-02", income="satu juta", payer="csr", workers="7")
    assert 'value="satu juta"' in page
    assert '<option value="csr" selected>' in page
    assert 'name="workers" value="7"' in page


def test_no_relief_is_lost_for_want_of_the_employers_size() -> None:
    asked = {
        "segment": "PU", "month": "2025-03", "risk_group": "medium", "sector": "labour_intensive",
        "programs": ["JKK"],
    }  # fmt: skip
    assert "Rp4.450" in heading(contribution(**asked))
    assert "Rp8.900" in heading(contribution(**asked, employer_workers="10"))
    assert "Rp4.450" in heading(contribution(**asked, employer_workers="50"))
