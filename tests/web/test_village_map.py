"""The village map: boundaries or circles, shades, links, words."""

import re

import pytest
from django.utils import translation

from salawaku.web.village_map import LARGEST, Place, legend, village_map

from .boards import full_board

SQUARE = {"type": "Polygon", "coordinates": [[[128.0, -3.0], [128.1, -3.0], [128.1, -3.1], [128.0, -3.0]]]}


def circles(drawing: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'class="place shade-\d" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', drawing)
    return [(float(x), float(y), float(r)) for x, y, r in found]


@pytest.mark.parametrize(
    ("part", "whole", "shade"),
    [
        (0, 0, 0),
        (0, 10, 1),
        (1, 10, 1),
        (2, 10, 2),
        (5, 10, 3),
        (7, 10, 4),
        (8, 10, 5),
        (10, 10, 5),
        (15, 10, 5),
        (3, 0, 0),
    ],
)
def test_the_shade_is_the_share_in_fifths(part: int, whole: int, shade: int) -> None:
    assert Place("x", "/", part, whole).shade == shade


def test_every_place_with_a_point_is_a_link_that_speaks() -> None:
    with translation.override("id"):
        drawing = village_map(full_board().places)
    assert drawing.count("<a href=") == 10
    assert 'aria-label="Negeri Passo: 812 dari 900 terlindungi, 90,2%"' in drawing
    assert len(circles(drawing)) == 10


def test_circles_stay_on_the_sheet_and_do_not_hide_each_other() -> None:
    drawing = village_map([Place(f"d{at}", f"/{at}", 1, 10 + at, -3.6, 128.2) for at in range(9)])
    found = circles(drawing)
    assert len(set(found)) == 9
    for index, (x, y, r) in enumerate(found):
        for other_x, other_y, other_r in found[index + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 > (r + other_r) * 0.6


def test_north_is_up_and_east_is_right() -> None:
    north_east = Place("a", "/", 1, 1, -3.0, 129.0)
    south_west = Place("b", "/", 1, 1, -4.0, 128.0)
    first, second = circles(village_map([north_east, south_west]))
    assert first[0] > second[0]
    assert first[1] < second[1]
    assert first[2] == LARGEST


def test_a_boundary_is_drawn_instead_of_a_circle() -> None:
    multi = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}
    drawing = village_map(
        [Place("a", "/a", 1, 1, boundary=SQUARE, needs_attention=True), Place("b", "/b", 0, 1, boundary=multi)]
    )
    assert circles(drawing) == []
    assert drawing.count('<path class="place') == 2
    assert drawing.count('<path class="ring"') == 1


def test_a_geometry_that_is_no_area_is_left_out() -> None:
    assert village_map([Place("a", "/a", 1, 1, boundary={"type": "Point", "coordinates": [128, -3]})]) == ""


def test_places_without_a_point_are_left_to_the_table() -> None:
    assert village_map([Place("a", "/a", 1, 1)]) == ""
    assert village_map([]) == ""


def test_districts_are_named_for_orientation() -> None:
    assert village_map(full_board().places).count("<text") == 5


def test_many_places_are_drawn_without_pushing() -> None:
    places = [Place(f"d{at}", f"/{at}", at, 300, -3 - at / 500, 128 + at / 500) for at in range(300)]
    assert len(circles(village_map(places))) == 300


def test_names_are_escaped() -> None:
    assert "<script>" not in village_map([Place("<script>", '/"x', 1, 1, -3, 128, group="<b>")])


def test_the_legend_tells_every_shade() -> None:
    assert legend().count("<li>") == 7
