"""Reading regions."""

import pytest

from salawaku.regions.selectors import ancestors, children, places_frame, region_path, region_search, villages


@pytest.mark.django_db
class TestSelectors:
    def test_children(self):
        assert [region.code for region in children("81.71")] == [f"81.71.0{n}" for n in range(1, 6)]
        assert children("").count() == 38
        assert not children("81.71.03.2001").exists()

    def test_villages_of_a_city(self):
        assert villages("81.71").count() == 50
        assert [region.code for region in villages("81.71.03.2001")] == ["81.71.03.2001"]

    def test_path(self):
        assert [region.title for region in region_path("81.71.03.2001")] == [
            "Maluku", "Kota Ambon", "Kecamatan Baguala", "Negeri Passo",
        ]  # fmt: skip
        assert region_path("99") == []

    def test_search(self):
        assert [region.code for region in region_search(" passo ", within="81.71")] == ["81.71.03.2001"]
        assert "81.71" in [region.code for region in region_search("Ambon")]
        assert region_search("81.71.03.20", within="81.71")[0].code == "81.71.03.2001"
        assert region_search("p") == []
        assert region_search("Passo", within="81.7") == []
        assert region_search("%%") == []
        assert len(region_search("desa", limit=3)) <= 3


def test_ancestors():
    assert ancestors("81.71.03.2001") == ["81", "81.71", "81.71.03"]
    assert ancestors("81") == []


def test_places_of_a_city_need_no_database():
    places = places_frame("81.71")
    assert places.columns == ["code", "parent", "level", "kind", "name"]
    assert places.height == 56
    assert places.filter(code="81.71.03.2001").row(0) == ("81.71.03.2001", "81.71.03", 4, "negeri", "Passo")
    assert places.filter(code="81.71").row(0)[1:3] == ("81", 2)
