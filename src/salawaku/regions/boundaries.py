"""Reading boundaries from a GeoJSON file; needs no database.

Boundaries come from an operator, because no set of village boundaries may be shipped freely. What is kept is
enough to draw: five decimals (a metre), fewer for a coast of many thousand points.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

LARGEST_FILE = 30_000_000
MOST_POINTS = 20_000
COARSE_FROM = 2_000
CODE_NAMES = ("code", "kode", "kode_wilayah", "kode_desa", "kode_kec", "kode_kel", "kd_wilayah", "kdepum", "id")
CODE = re.compile(r"(\d{2})\.?(\d{2})?\.?(\d{2})?\.?(\d{4})?")
WEST, SOUTH, EAST, NORTH = 94.0, -12.0, 142.0, 7.0  # Indonesia with room
DEPTH = {"Polygon": 1, "MultiPolygon": 2}
Ring = list[tuple[float, float]]


class UnreadableError(ValueError):
    """The file as a whole cannot be used; `code` says why (the page has the words)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Shapes(NamedTuple):
    """What a file holds: geometries by region code, and which feature was left out for which reason."""

    by_code: dict[str, dict[str, Any]]
    left_out: list[tuple[str, str]]


def read_shapes(content: bytes) -> Shapes:
    """The shapes of a FeatureCollection. Raises UnreadableError: too_large, no_json, no_collection."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError("too_large")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError("no_json") from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise UnreadableError("no_collection")
    shapes = Shapes({}, [])
    for number, feature in enumerate(features, start=1):
        _take(shapes, number, feature)
    return shapes


def _take(shapes: Shapes, number: int, feature: Any) -> None:
    if not isinstance(feature, dict):
        shapes.left_out.append((f"#{number}", "no_feature"))
        return
    code = region_code(feature)
    geometry = _geometry(feature.get("geometry"))
    if not code:
        shapes.left_out.append((f"#{number}", "no_code"))
    elif code in shapes.by_code:
        shapes.left_out.append((code, "twice"))
    elif isinstance(geometry, str):
        shapes.left_out.append((code, geometry))
    else:
        shapes.by_code[code] = geometry


def region_code(feature: dict[str, Any]) -> str:
    """The code in one of the usual properties, with or without dots; "" when there is none."""
    properties = feature.get("properties")
    named = {str(key).lower(): value for key, value in properties.items()} if isinstance(properties, dict) else {}
    for name in CODE_NAMES:
        value = named.get(name, feature.get("id") if name == "id" else None)
        found = CODE.fullmatch(str(value).strip()) if isinstance(value, str | int) else None
        if found:
            return ".".join(part for part in found.groups() if part)
    return ""


def _geometry(geometry: Any) -> dict[str, Any] | str:
    """The geometry with plain coordinates, or why it cannot be used."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in DEPTH:
        return "no_polygon"
    try:
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        points = sum(len(ring) for polygon in polygons for ring in polygon)
        digits = 5 if points < COARSE_FROM else 4
        plain = [[_ring(ring, digits) for ring in polygon] for polygon in polygons]
    except (KeyError, TypeError, ValueError):
        return "bad_coordinates"
    return _checked(kind, plain)


def _ring(ring: list[list[float]], digits: int) -> Ring:
    """Rounded, without a point that repeats the one before it."""
    rounded = [(round(float(point[0]), digits), round(float(point[1]), digits)) for point in ring]
    return [point for before, point in zip([None, *rounded], rounded, strict=False) if point != before]


def _checked(kind: str, polygons: list[list[Ring]]) -> dict[str, Any] | str:
    kept = [rings for polygon in polygons if (rings := [ring for ring in polygon if len(ring) >= 4])]
    points = list(_points(kept))
    if not points:
        return "no_polygon"
    if len(points) > MOST_POINTS:
        return "too_many_points"
    if not all(math.isfinite(x) and WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in points):
        return "outside_indonesia"
    if any(ring[0] != ring[-1] for polygon in kept for ring in polygon):
        return "not_closed"
    return {"type": kind, "coordinates": kept[0] if kind == "Polygon" else kept}


def _points(polygons: list[list[Ring]]) -> Iterator[tuple[float, float]]:
    return (point for polygon in polygons for ring in polygon for point in ring)
