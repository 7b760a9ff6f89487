"""The home page: empty, full, and through the real selectors."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from salawaku.web.dashboard import Dashboard
from salawaku.web.selectors import dashboard_for

from .boards import TODAY, full_board

pytestmark = pytest.mark.django_db


def page(board: Dashboard, user: object, language: str = "id") -> str:
    request = RequestFactory().get("/")
    request.user = user  # type: ignore[assignment]
    with translation.override(language):
        return render_to_string("web/home.html", {"board": board, "user": user}, request=request)


def test_without_a_list_it_names_the_first_step(client_of, sari) -> None:
    text = client_of(sari).get("/").text
    assert "Belum ada daftar." in text
    assert "Mulailah dengan satu daftar" in text


def test_the_three_numbers_open_their_lists(sari) -> None:
    text = page(full_board(), sari)
    assert '<a href="/pekerja/?cover=active">12.480</a> dari <a href="/program/1">20.000</a> pekerja sasaran' in text
    assert '<a class="alarm" href="/perlindungan/?lapse=30">1.204</a> akan gugur dalam 30 hari.' in text


def test_english_says_the_same_in_the_same_order(sari) -> None:
    text = page(full_board(), sari, "en")
    assert "12,480</a> of" in text
    assert "1,204</a> will lapse within 30 days." in text


def test_the_widest_gaps_come_first_and_over_100_percent_is_not_clipped(sari) -> None:
    board = full_board()
    assert [place.name for place in board.widest_gaps][:2] == ["Kelurahan Batu Merah", "Kelurahan Pandan Kasturi"]
    assert "101,0%" in page(board, sari)


def test_every_village_and_month_and_purse_is_a_link(sari) -> None:
    text = page(full_board(), sari)
    for url in ("/desa/0", "/desa/9", "/perlindungan/?month=2026-07", "/dana/2", "/daftar/1", "/daftar/pasangan"):
        assert f'href="{url}"' in text


def test_whoever_has_no_business_with_persons_sees_no_figures(admin) -> None:
    board = Dashboard(as_of=TODAY, has_lists=True, has_figures=False, purses=None, batches=None)
    text = page(board, admin)
    assert "Selamat bekerja, Admin." in text
    assert "Perlindungan per desa" not in text
    assert "Dana</h2>" not in text


def test_a_place_without_target_has_no_share() -> None:
    soya = full_board().places[8]
    assert (soya.shade, soya.said) == (0, "Negeri Soya: tanpa sasaran")


def test_a_purse_adds_up() -> None:
    for purse in full_board().purses or ():
        assert purse.left + purse.committed == purse.ceiling
    bar = full_board().purse_bars[0]
    assert sum(part.value for part in bar.parts) == 2_016_000_000


def test_the_months_are_told_in_words() -> None:
    assert full_board().history_said == "Juni 2025: 0,0%; Mei 2026: 62,4% terlindungi"
    assert Dashboard(as_of=TODAY).history_said == ""


def test_it_reads_an_empty_house_for_every_role(acting, sari, rina, tono, admin, dewi) -> None:
    for user in (sari, rina, tono, admin, dewi):
        with acting(user):
            board = dashboard_for(user, today=date(2026, 5, 22))
        assert (board.covered, board.target, board.lapsing, board.has_lists) == (0, 0, 0, False)
        assert list(board.tasks) == []


def test_the_first_page_is_light(client_of, sari) -> None:
    assert len(client_of(sari).get("/").content) < 20_000
    assert len(re.sub(r"\s+", " ", page(full_board(), sari)).encode()) < 40_000
