"""Tags and filters that every template may use: `{% load ui %}`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from salawaku.accounts.models import User
from salawaku.web import navigation, wording

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
