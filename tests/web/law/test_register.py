"""The register of legal parameters, open to everybody."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from salawaku import law
from salawaku.accounts.models import User
from salawaku.law import Change, Confidence, Value
from tests.web.law.pages import REGISTER, ask, heading, words

pytestmark = pytest.mark.django_db


def linked(page: str) -> set[str]:
    """The parameters that a page of the list leads to."""
    return set(re.findall(r'<th scope="row"><a href="/hukum/([^/"]+)/"', page))


def test_all_parameters_stand_in_the_list() -> None:
    page = ask(REGISTER)
    assert linked(page) == set(law.law_now())
    assert heading(page) == "Dasar hukum"
    assert f"{len(law.law_now())} angka hukum" in words(page)
    assert law.law_now().hash[:12] in page
    assert "Ini bukan nasihat hukum" in words(page)


@pytest.mark.parametrize(
    ("only", "keeps"),
    [
        ("confirm", lambda one: one.to_confirm),
        ("contested", lambda one: any(value.contested for value in one.values)),
        (
            "memory",
            lambda one: any(value.confidence in {Confidence.MEMORY, Confidence.MIXED} for value in one.values),
        ),
    ],
)
def test_the_filters_keep_what_they_say(only: str, keeps) -> None:
    wanted = {one.id for one in law.law_now().values() if keeps(one)}
    assert 0 < len(wanted) < len(law.law_now())
    page = ask(REGISTER, only=only)
    assert linked(page) == wanted
    assert re.search(rf'href="\?only={only}" aria-current="true">[^<]+\({len(wanted)}\)', page)


def test_words_are_searched_in_both_languages() -> None:
    assert "jkk.impairment_table" in linked(ask(REGISTER, q="cacat TABEL"))
    assert "jkk.impairment_table" in linked(ask(REGISTER, q="partial permanent"))
    assert linked(ask(REGISTER, q="bpu.jkm.flat")) == {"bpu.jkm.flat"}
    assert linked(ask(REGISTER, q="beasiswa", only="contested")) < linked(ask(REGISTER, q="beasiswa"))


def test_words_that_nothing_holds_lead_back_to_all() -> None:
    page = ask(REGISTER, q="<gajah>")
    assert linked(page) == set()
    assert "Tidak ada angka dengan kata itu" in words(page)
    assert 'value="&lt;gajah&gt;"' in page


def test_one_parameter_tells_its_history_and_sources() -> None:
    page = ask(f"{REGISTER}jkm.santunan_kematian/")
    assert heading(page) == "Santunan kematian JKM, dibayar sekaligus"
    told = words(page)
    for part in ("Rp20.000.000", "Sejak 2 Desember 2019", "PP 82/2019", "Tanggal mulai berlaku PP 82/2019 belum"):
        assert part in told
    links = re.findall(r'<a href="(https?://[^"]+)" ([^>]*)>', page)
    assert links
    assert all('rel="noopener noreferrer"' in rest for _url, rest in links)


@pytest.mark.parametrize(
    ("parameter", "rows", "told"),
    [
        ("bpu.income_bands", 33, "Rp20.200.000 – Rp20.700.000 Dikutip sumber lain"),
        ("jakon.tiers_by_contract_value", 5, "Rp5.000.000.000 – 0,09% 0,01%"),
        ("jkk.impairment_table", 46, "pendengaran sebelah telinga 20% Dikutip sumber lain"),
        ("scholarship.amount_per_year", 4, "Perguruan tinggi atau pelatihan Rp12.000.000"),
    ],
)
def test_tables_are_tables(parameter: str, rows: int, told: str) -> None:
    page = ask(f"{REGISTER}{parameter}/")
    table = re.search(r'<table class="[^"]*law-table".*?</table>', page, re.DOTALL)
    assert table
    assert table[0].partition("<tbody>")[2].count("<tr>") == rows
    assert told in words(table[0])


def test_what_follows_from_others_leads_to_them() -> None:
    page = ask(f"{REGISTER}jkm.total_cash/")
    assert "santunan kematian + santunan berkala + biaya pemakaman" in words(page)
    assert 'href="/hukum/jkm.biaya_pemakaman/"' in page


@pytest.mark.parametrize("parameter", sorted(law.law_now()))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_parameter_has_its_page(parameter: str, language: str) -> None:
    page = ask(f"{REGISTER}{parameter}/", language=language)
    text = law.law_now()[parameter].description
    assert heading(page) == " ".join((text.en if language == "en" else text.id).split())
    assert "Fraction(" not in page
    assert "Text(" not in page


@pytest.mark.parametrize("unknown", ["x", "bpu", "bpu.jkm", "BPU.JKM.FLAT", "..", "bpu.jkm.flat%20"])
def test_an_unknown_parameter_is_not_found(unknown: str) -> None:
    assert Client().get(f"{REGISTER}{unknown}/").status_code == 404


def test_a_decree_of_the_place_is_named_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = Value(date(2020, 1, 1), None, 7000, "Perwali 1/2026", (), Confidence.DECREE, date(2026, 1, 1))
    changed = law.law_now().overlay([Change("bpu.jkm.flat", ours)])
    monkeypatch.setattr("salawaku.web.law.views.law_now", lambda: changed)
    page = words(ask(f"{REGISTER}bpu.jkm.flat/"))
    assert "Keputusan daerah ini" in page
    assert "Perwali 1/2026" in page
    assert "Rp7.000" in page


def test_english_and_logged_in(client_of, sari: User) -> None:
    page = ask(REGISTER, browser=client_of(sari), language="en", only="memory")
    assert heading(page) == "Legal basis"
    assert "From memory, all or in part" in words(page)
    assert "sari@ambon.example" in page


def test_anybody_is_led_here_from_the_log_in(db: None) -> None:
    page = Client().get("/akun/login/").text
    assert 'href="/kalkulator/"' in page
    assert 'href="/hukum/"' in page
    first = ask("/kalkulator/")
    assert 'href="/kalkulator/iuran/"' in first
    assert 'href="/kalkulator/santunan/"' in first
