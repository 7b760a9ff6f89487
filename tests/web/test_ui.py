"""Tags and filters for templates."""

from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import translation

from salawaku.web.strip import StripMonth


def render(source: str, **context: object) -> str:
    with translation.override("id"):
        return Template("{% load ui %}" + source).render(Context(context))


def test_filters_speak_the_language_of_the_page() -> None:
    source = (
        "{{ n|number_id }} {{ r|rupiah }} {{ d|date_long }} {{ d|month_long }} {{ 1|percent:3 }} {{ nik|masked_nik }}"
    )
    shown = render(source, n=1234567, r=16800, d=date(2026, 3, 12), nik="8171031203801234")
    assert shown == "1.234.567 Rp16.800 12 Maret 2026 Maret 2026 33,3% 8171••••••••1234"


def test_a_badge_is_icon_word_and_form() -> None:
    shown = render('{% badge "danger" "Gugur" %}')
    assert 'class="badge badge-danger"' in shown
    assert "#shield-x" in shown
    assert shown.endswith(" Gugur</span>")
    assert "Beres" in render('{% badge "good" %}')


def test_an_icon_is_silent_unless_it_stands_alone() -> None:
    assert 'aria-hidden="true"' in render('{% icon "x" %}')
    assert 'role="img" aria-label="Tutup"' in render('{% icon "x" "Tutup" %}')


def test_what_people_write_is_escaped() -> None:
    shown = render(
        "{% empty_state title %}{% filter_chips chips %}", title="<b>", chips=[{"label": "<i>", "remove_url": "?"}]
    )
    assert "<b>" not in shown
    assert "<i>" not in shown
    assert "&lt;b&gt;" in shown


def test_an_empty_page_links_the_first_step() -> None:
    shown = render('{% empty_state "Belum ada" "Mulai" "/unggah" "Unggah" %}')
    assert '<a class="btn btn-primary" href="/unggah">Unggah</a>' in shown


def test_the_pager_shows_only_where_one_can_go() -> None:
    assert "rel=" not in render("{% keyset_pager %}")
    assert 'rel="next" href="?after=9"' in render('{% keyset_pager "" "?after=9" "50" %}')


def test_chips_are_removable_one_by_one_and_together() -> None:
    shown = render('{% filter_chips chips "/semua" %}', chips=[{"label": "Passo", "remove_url": "?x=1"}])
    assert 'href="?x=1"' in shown
    assert 'href="/semua"' in shown
    assert render("{% filter_chips chips %}", chips=[]).strip() == ""


@pytest.mark.django_db
def test_can_asks_the_roles(sari, tono) -> None:
    source = '{% if user|can:"intake.load" %}ya{% endif %}'
    assert render(source, user=sari) == "ya"
    assert render(source, user=tono) == ""
    assert render(source, user=AnonymousUser()) == ""


def test_a_block_can_be_used_in_two_places() -> None:
    assert render("{% capture a %} x{{ n }} {% endcapture %}[{{ a }}|{{ a }}]", n="<") == "[x&lt;|x&lt;]"


def test_the_strip_tag_draws_and_explains() -> None:
    months = [StripMonth(date(2026, 4, 1), "paid", "apbd_city")]
    assert "terlindungi sampai 30 April 2026" in render("{% cover_strip m today=t %}", m=months, t=date(2026, 4, 3))
    assert "ditagih, belum dibayar" in render("{% strip_legend %}")


class Sheet(forms.Form):
    name = forms.CharField(help_text="Seperti di KTP")
    sure = forms.BooleanField()
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_form_has_labels_hints_and_errors_that_belong_together() -> None:
    form = Sheet({"name": ""})
    form.add_error(None, "Tidak bisa")
    shown = render("{% form_fields form %}", form=form)
    assert '<label for="id_name">' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert "Tidak bisa" in shown
    assert "<fieldset>" in shown
    assert shown.count('type="hidden"') == 1


def test_figures_of_nothing_draw_nothing() -> None:
    assert render("{% village_map p %}{% bars p %}{% trend p said='' %}{% share_strip p said='' %}", p=[]) == ""


def test_as_of_names_the_day() -> None:
    assert render("{% as_of d %}", d=date(2026, 5, 22)) == "per 22 Mei 2026"
    assert render("{% as_of d %}", d=None) == ""
