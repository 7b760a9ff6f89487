"""Villages as a map without a map service: boundaries where imported, else circles at the village points."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from salawaku.web import wording

WIDTH, MARGIN, TALLEST = 640.0, 34.0, 480.0
SMALLEST, LARGEST = 7.0, 20.0
SMALLEST_SHEET = 160.0
SHADES = ((0, 20), (20, 40), (40, 60), (60, 80), (80, None))
SPREAD_AT_MOST = 150  # pushing circles apart compares each pair
Point = tuple[float, float]
Projection = Callable[[Point], Point]


@dataclass(frozen=True, slots=True)
class Place:
    """One village on the map: `part` of `whole` are covered; `needs_attention` draws a broken ring around it."""

    name: str
    url: str
    part: int
    whole: int
    lat: float | None = None
    lng: float | None = None
    boundary: dict[str, Any] | None = None
    group: str = ""
    lapsing: int = 0
    needs_attention: bool = False

    @property
    def shade(self) -> int:
        """0 without a denominator, else 1 (least) to 5 (most, also above 100%)."""
        return 0 if self.whole <= 0 else min(self.part * 5 // self.whole, 4) + 1

    @property
    def missing(self) -> int:
        """How many of the target lack cover."""
        return max(self.whole - self.part, 0)

    @property
    def said(self) -> str:
        """ "Negeri Passo: 412 dari 500 terlindungi, 82,4%"."""
        if self.whole <= 0:
            return _("%(name)s: no target") % {"name": self.name}
        return _("%(name)s: %(part)s of %(whole)s covered, %(percent)s") % {
            "name": self.name,
            "part": wording.number(self.part),
            "whole": wording.number(self.whole),
            "percent": wording.percent(self.part, self.whole),
        }


@dataclass(slots=True)
class Circle:
    """A village without a boundary, while the circles are pushed apart."""

    place: Place
    x: float
    y: float
    r: float


def village_map(places: Sequence[Place], *, label: str = "") -> SafeString:
    """Draw the places that have a boundary or a point, each a link that can be reached by keyboard."""
    points = [point for place in places for point in _points(place)]
    if not points:
        return SafeString("")
    project, height = _projection(points)
    circles = _spread(_circles(places, project), height)
    shapes = [_polygon(place, project) for place in places if place.boundary] + [_circle(one) for one in circles]
    return mark_safe(  # noqa: S308  # our own shapes; names are escaped
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="group" '
        f'aria-label="{escape(label or _("Map of villages"))}">'
        f"{''.join(shapes)}{''.join(_group_names(places, project))}</svg>{legend()}"
    )


def legend() -> SafeString:
    """What shade, size and ring mean."""
    steps = [(f"shade-{index + 1}", _range(low, high)) for index, (low, high) in enumerate(SHADES)]
    svg = '<svg class="map" viewBox="0 0 18 14" aria-hidden="true">{}</svg>'
    box = svg.format('<rect class="place {}" x="1" y="1" width="16" height="12"/>')
    ring = svg.format('<circle class="ring" cx="9" cy="7" r="5"/>')
    entries = [(box.format(name), text) for name, text in [("shade-0", _("no target")), *steps]]
    entries.append((ring, _("many about to lapse")))
    items = "".join(f"<li>{drawing}{escape(text)}</li>" for drawing, text in entries)
    return mark_safe(f'<ul class="legend">{items}</ul>')  # noqa: S308


def _range(low: int, high: int | None) -> str:
    return f"{low}–{high}%" if high else _("%(low)s%% and more") % {"low": low}


def _points(place: Place) -> list[Point]:
    if place.boundary:
        return [point for ring in _rings(place.boundary) for point in ring]
    return [(float(place.lng), float(place.lat))] if place.lat is not None and place.lng is not None else []


def _rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """The rings of a GeoJSON Polygon or MultiPolygon; other geometries have none."""
    coordinates = geometry.get("coordinates") or []
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")), [])
    return [[(float(point[0]), float(point[1])) for point in ring] for polygon in polygons for ring in polygon]


def _projection(points: Iterable[Point]) -> tuple[Projection, float]:
    """Longitude and latitude onto the sheet; near the equator plain is exact enough for a city or a province."""
    lngs, lats = zip(*points, strict=True)
    narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
    spans = max((max(lngs) - min(lngs)) * narrow, 1e-6), max(max(lats) - min(lats), 1e-6)
    scale = min((WIDTH - 2 * MARGIN) / spans[0], (TALLEST - 2 * MARGIN) / spans[1])
    left = (WIDTH - spans[0] * scale) / 2

    def project(point: Point) -> Point:
        return left + (point[0] - min(lngs)) * narrow * scale, MARGIN + (max(lats) - point[1]) * scale

    return project, max(spans[1] * scale, SMALLEST_SHEET) + 2 * MARGIN


def _circles(places: Sequence[Place], project: Projection) -> list[Circle]:
    bare = [place for place in places if not place.boundary and _points(place)]
    largest = max((place.whole for place in bare), default=0) or 1
    return [
        _circle_at(index, place, project(_points(place)[0]), math.sqrt(place.whole / largest))
        for index, place in enumerate(sorted(bare, key=lambda place: -place.whole))
    ]


def _circle_at(index: int, place: Place, at: Point, size: float) -> Circle:
    """A hair beside its point, each in another direction: villages of one point can then be pushed apart."""
    x, y = at[0] + math.cos(index * 2.4) / 10, at[1] + math.sin(index * 2.4) / 10
    return Circle(place, x, y, SMALLEST + (LARGEST - SMALLEST) * size)


def _spread(circles: list[Circle], height: float) -> list[Circle]:
    """Push overlapping circles apart a little, so that each can be seen and hit."""
    if len(circles) > SPREAD_AT_MOST:
        return circles
    for _round in range(24):
        for index, one in enumerate(circles):
            for other in circles[index + 1 :]:
                _push(one, other)
            edge = one.r + 3
            one.x, one.y = min(max(one.x, edge), WIDTH - edge), min(max(one.y, edge), height - edge)
    return circles


def _push(one: Circle, other: Circle) -> None:
    dx, dy = other.x - one.x, other.y - one.y
    distance = math.hypot(dx, dy)
    overlap = one.r + other.r + 1 - distance
    if overlap > 0 and distance > 0:
        shift_x, shift_y = dx / distance * overlap / 2, dy / distance * overlap / 2
        one.x, one.y, other.x, other.y = one.x - shift_x, one.y - shift_y, other.x + shift_x, other.y + shift_y


def _polygon(place: Place, project: Projection) -> str:
    path = "".join(f"M{'L'.join(_thinned(ring, project))}z" for ring in _rings(place.boundary or {}))
    ring = f'<path class="ring" d="{path}"/>' if place.needs_attention else ""
    return _linked(place, f'<path class="place shade-{place.shade}" d="{path}"/>{ring}')


def _thinned(ring: list[Point], project: Projection) -> list[str]:
    """Half pixels are fine enough; points that fall together are one."""
    steps = [f"{round(x * 2) / 2:g} {round(y * 2) / 2:g}" for x, y in map(project, ring)]
    return [step for index, step in enumerate(steps) if index == 0 or step != steps[index - 1]]


def _circle(one: Circle) -> str:
    where = f'cx="{one.x:.1f}" cy="{one.y:.1f}"'
    ring = f'<circle class="ring" {where} r="{one.r + 2.5:.1f}"/>' if one.place.needs_attention else ""
    return _linked(one.place, f'<circle class="place shade-{one.place.shade}" {where} r="{one.r:.1f}"/>{ring}')


def _linked(place: Place, shape: str) -> str:
    said = escape(place.said)
    return f'<a href="{escape(place.url)}" aria-label="{said}"><title>{said}</title>{shape}</a>'


def _group_names(places: Sequence[Place], project: Projection) -> list[str]:
    """District names over the middle of their villages, for orientation."""
    groups: dict[str, list[Point]] = {}
    drawn = {place.group for place in places if place.boundary}
    for place in places:
        if place.group and (points := _points(place)):
            groups.setdefault(place.group, []).append(project(_middle(points)))
    named = [
        (name, min(max(_middle(points)[0], 60), WIDTH - 60), _height_of_name(points, is_drawn=name in drawn))
        for name, points in groups.items()
    ]
    return [
        f'<text aria-hidden="true" text-anchor="middle" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>'
        for name, x, y in named
    ]


def _height_of_name(points: Sequence[Point], *, is_drawn: bool) -> float:
    """In the middle of areas, but above circles, which a name would hide."""
    return _middle(points)[1] if is_drawn else max(min(y for _x, y in points) - 24, 12)


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _y in points) / len(points), sum(y for _x, y in points) / len(points)
