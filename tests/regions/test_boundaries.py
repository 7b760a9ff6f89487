"""Boundaries from a file of an operator."""

import json

import pytest

from salawaku.accounts.models import AuditEvent
from salawaku.accounts.scoping import acting_as
from salawaku.regions import boundaries
from salawaku.regions.actions import boundaries_import
from salawaku.regions.boundaries import UnreadableError, read_shapes, region_code
from salawaku.regions.models import Region
from salawaku.regions.wording import REASONS

SQUARE = [[128.1, -3.6], [128.2, -3.6], [128.2, -3.7], [128.1, -3.7], [128.1, -3.6]]


def feature(code="81.71.03.2001", ring=SQUARE, kind="Polygon", **properties):
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"kode": code, **properties},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


class TestReadShapes:
    def test_it_reads_polygons_and_multipolygons(self):
        shapes = read_shapes(collection(feature(), feature("81.71.03.2002", kind="MultiPolygon")))
        assert shapes.left_out == []
        assert shapes.by_code["81.71.03.2001"]["type"] == "Polygon"
        assert len(shapes.by_code["81.71.03.2001"]["coordinates"][0]) == 5
        assert len(shapes.by_code["81.71.03.2002"]["coordinates"][0][0]) == 5

    def test_it_rounds_and_drops_repeated_points(self):
        ring = [[128.1, -3.6], [128.1000001, -3.6000001], [128.2, -3.61234567], *SQUARE[2:]]
        [outline] = read_shapes(collection(feature(ring=ring))).by_code["81.71.03.2001"]["coordinates"]
        assert outline[:2] == [(128.1, -3.6), (128.2, -3.61235)]

    def test_it_rounds_more_where_there_are_many_points(self):
        ring = [[128 + n / 10_000, -3.612345] for n in range(2_000)] + [[128.0, -3.0], [128.0, -3.612345]]
        [outline] = read_shapes(collection(feature(ring=ring))).by_code["81.71.03.2001"]["coordinates"]
        assert outline[0] == (128.0, -3.6123)

    def test_a_speck_beside_the_island_is_dropped(self):
        speck = [[128.3, -3.6], [128.3000001, -3.6], [128.3, -3.6000001], [128.3, -3.6]]
        shape = feature(kind="MultiPolygon")
        shape["geometry"]["coordinates"].append([speck])
        assert len(read_shapes(collection(shape)).by_code["81.71.03.2001"]["coordinates"]) == 1

    @pytest.mark.parametrize(
        ("made", "reason"),
        [
            ("text", "no_feature"),
            (feature(code="Passo"), "no_code"),
            (feature(code=None), "no_code"),
            ({"type": "Feature", "properties": None, "geometry": None}, "no_code"),
            (feature() | {"geometry": None}, "no_polygon"),
            (feature() | {"geometry": {"type": "Point", "coordinates": [1, 2]}}, "no_polygon"),
            (feature() | {"geometry": {"type": "Polygon"}}, "bad_coordinates"),
            (feature() | {"geometry": {"type": "Polygon", "coordinates": 7}}, "bad_coordinates"),
            (feature(ring=[["a", "b"]] * 4), "bad_coordinates"),
            (feature(ring=[]), "no_polygon"),
            (feature(ring=[[y, x] for x, y in SQUARE]), "outside_indonesia"),
            (feature(ring=[[float("nan"), -3.0], *SQUARE]), "outside_indonesia"),
            (feature(ring=SQUARE[:-1]), "not_closed"),
        ],
    )
    def test_what_cannot_be_used_is_named(self, made, reason):
        shapes = read_shapes(collection(made))
        assert [why for _what, why in shapes.left_out] == [reason]
        assert reason in REASONS

    def test_the_first_of_two_is_taken(self):
        shapes = read_shapes(collection(feature(), feature(ring=[[128.5, -3.6], *SQUARE[1:4], [128.5, -3.6]])))
        assert shapes.left_out == [("81.71.03.2001", "twice")]
        assert shapes.by_code["81.71.03.2001"]["coordinates"][0][0] == (128.1, -3.6)

    def test_too_many_points(self, monkeypatch):
        monkeypatch.setattr(boundaries, "MOST_POINTS", 4)
        assert read_shapes(collection(feature())).left_out == [("81.71.03.2001", "too_many_points")]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "no_json"),
            (b"PK\x03\x04", "no_json"),
            (b"\xff\xfe", "no_json"),
            (b"[" * 100_000, "no_json"),
            (b"[]", "no_collection"),
            (b'{"type": "Feature"}', "no_collection"),
        ],
    )
    def test_a_file_that_cannot_be_used(self, content, code):
        with pytest.raises(UnreadableError, match=code):
            read_shapes(content)

    def test_a_file_that_is_too_large(self, monkeypatch):
        monkeypatch.setattr(boundaries, "LARGEST_FILE", 10)
        with pytest.raises(UnreadableError, match="too_large"):
            read_shapes(b"x" * 11)


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"kode": "81.71.03.2001"}, "81.71.03.2001"),
        ({"KODE_DESA": "8171032001"}, "81.71.03.2001"),
        ({"KDEPUM": 8171032001}, "81.71.03.2001"),
        ({"Code": " 81.71 "}, "81.71"),
        ({"code": "817"}, ""),
        ({"code": 81.71}, ""),
        ({}, "81.71.03"),
    ],
)
def test_codes_as_people_write_them(properties, code):
    assert region_code({"id": "81.71.03", "properties": properties}) == (code or "81.71.03")


class TestImport:
    def test_it_keeps_what_is_right_and_names_the_rest(self, sari):
        done = boundaries_import(
            by=sari, content=collection(feature(), feature("81.01"), feature("81.71.99"), feature("x"))
        )
        assert done.regions == 1
        assert done.left_out == [("#4", "no_code"), ("81.01", "not_your_region"), ("81.71.99", "unknown_region")]
        assert Region.objects.get(pk="81.71.03.2001").boundary["coordinates"][0][0] == [128.1, -3.6]
        with acting_as(sari):
            event = AuditEvent.objects.get(kind="boundary.imported")
        assert event.detail == {"regions": 1, "left_out": 3}

    @pytest.mark.parametrize("who", ["rina", "tono", "dewi", "rina_far"])
    def test_others_may_not(self, who, request):
        with pytest.raises(UnreadableError, match="nothing_to_use"):
            boundaries_import(by=request.getfixturevalue(who), content=collection(feature()))
        assert not Region.objects.exclude(boundary=None).exists()
