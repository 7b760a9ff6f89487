"""Tags and filters that every template may use: `{% load ui %}`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.contrib.auth.models import AnonymousUser
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.web import figures, navigation, strip, village_map, wording
from salawaku.web.strip import AnyMonth

register = template.Library()


class Mark(NamedTuple):
    """How a kind of state looks and is called when nothing better is said."""

    icon: str
    word: Promise


MARKS = {
    "good": Mark(icon="circle-check", word=_("In order")),
    "warning": Mark(icon="alert-triangle", word=_("Attention")),
    "danger": Mark(icon="shield-x", word=_("Urgent")),
    "info": Mark(icon="info-circle", word=_("Note")),
    "plain": Mark(icon="point", word=_("None")),
}

register.filter("number_id", wording.number)
register.filter("rupiah", wording.rupiah)
register.filter("rupiah_short", wording.rupiah_short)
register.filter("date_long", wording.day)
register.filter("month_long", wording.month)
register.filter("datetime_long", wording.moment)
register.filter("masked_nik", wording.masked_nik)


@register.filter
def percent(part: int | Decimal | None, whole: int | Decimal | None) -> str:
    """`{{ covered|percent:target }}`."""
    return wording.percent(part, whole)


@register.filter
def can(user: User | AnonymousUser, permission: str) -> bool:
    """`{% if user|can:"intake.load" %}`; nobody may do nothing."""
    return isinstance(user, User) and user.can(permission)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks for itself, without one it only accompanies a word."""
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    sprite = static("built/icons.svg")
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', voice, sprite, name)


@register.simple_tag
def badge(kind: str, text: str = "", icon_name: str = "") -> SafeString:
    """A state as icon, word and form. `kind`: good, warning, danger, info or plain."""
    mark = MARKS[kind]
    drawn = icon(icon_name or mark.icon)
    return format_html('<span class="badge badge-{}">{} {}</span>', kind, drawn, text or mark.word)


@register.inclusion_tag("web/parts/nav.html")
def main_nav(request: HttpRequest) -> dict[str, Any]:
    """The rooms this person may open."""
    return {"links": navigation.links_for(request)}


@register.inclusion_tag("web/parts/empty.html")
def empty_state(title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "") -> dict[str, Any]:
    """What an empty page says: what is missing, and the first step as a link."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon_name}


@register.inclusion_tag("web/parts/pager.html")
def keyset_pager(previous_url: str = "", next_url: str = "", summary: str = "") -> dict[str, Any]:
    """Earlier and later pages of a list that is paged by key; `summary` says what is shown."""
    return {"previous_url": previous_url, "next_url": next_url, "summary": summary}


@register.inclusion_tag("web/parts/chips.html")
def filter_chips(chips: list[dict[str, str]], clear_url: str = "") -> dict[str, Any]:
    """Filters in force, each removable: chips are `{"label": …, "remove_url": …}`."""
    return {"chips": chips, "clear_url": clear_url}


@register.simple_tag
def as_of(value: date | None) -> str:
    """ "as of 12 March 2026", for beside a figure."""
    return str(_("as of %(day)s") % {"day": wording.day(value)}) if value else ""


class CaptureNode(template.Node):
    """Renders what is inside once and keeps it under a name."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        """Nothing appears here; the name holds the text."""
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308  # rendered by Django
        return ""


@register.tag
def capture(parser: template.base.Parser, token: template.base.Token) -> CaptureNode:
    """`{% capture title %}{% block title %}{% endblock %}{% endcapture %}`: a block used in two places."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


@register.simple_tag(name="cover_strip")
def cover_strip_tag(
    months: Sequence[AnyMonth],
    today: date,
    membership_end: date | None = None,
    full_benefit_from: date | None = None,
    cells: int = 24,
) -> SafeString:
    """`{% cover_strip worker.months today=today membership_end=… full_benefit_from=… cells=12 %}`."""
    return strip.cover_strip(
        months, today=today, membership_end=membership_end, full_benefit_from=full_benefit_from, cells=cells
    )


@register.inclusion_tag("web/parts/strip_legend.html")
def strip_legend() -> dict[str, Any]:
    """What the forms of the cover strip mean, each drawn by the strip itself."""
    return {"entries": strip.legend()}


@register.simple_tag(name="village_map")
def village_map_tag(places: Sequence[village_map.Place], label: str = "") -> SafeString:
    """`{% village_map places %}`: villages as links, shaded by their share."""
    return village_map.village_map(places, label=label)


@register.simple_tag(name="bars")
def bars_tag(rows: Sequence[figures.Bar], whole: int | None = None) -> SafeString:
    """`{% bars rows %}` on one scale; `whole=0` gives each row its own."""
    return figures.bars(rows, whole=whole)


@register.simple_tag(name="trend")
def trend_tag(values: Sequence[int], said: str, goal: int | None = None) -> SafeString:
    """`{% trend values said=sentence goal=target %}`."""
    return figures.trend(values, said=said, goal=goal)


@register.simple_tag(name="share_strip")
def share_strip_tag(months: Sequence[figures.Month], said: str) -> SafeString:
    """`{% share_strip months said=sentence %}`: the strip of a whole group."""
    return figures.share_strip(months, said=said)


@register.inclusion_tag("web/parts/field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """One field with its label, hint and errors."""
    return {"field": field, "is_choice": field.widget_type == "checkbox"}


@register.inclusion_tag("web/parts/fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, its own errors first."""
    return {"form": form}


@register.filter
def minutes(seconds: float) -> int:
    """Whole minutes, rounded up."""
    return -int(-seconds // 60)
