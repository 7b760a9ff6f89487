"""The reference page and its lists."""

from __future__ import annotations

from salawaku import law
from salawaku.law.reading import sources
from salawaku.law.reference import in_order, reference_page, to_confirm


def test_every_parameter_value_and_source_stands_on_the_page() -> None:
    page = reference_page()
    for parameter in law.law_now().values():
        section = page.split(f"### `{parameter.id}`\n")[1].split("\n### ")[0]
        rows = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("| ")]
        assert len(rows) == len(parameter.values) + 1
        assert parameter.description.id.rstrip(".") in section
        assert parameter.description.en.rstrip(".") in section
    assert all(f"**{key}**" in page for key in sources())


def test_what_waits_for_a_lawyer_is_listed() -> None:
    waiting = to_confirm(law.law_now())
    assert "jkk.plkk" in {one.id for one in waiting}
    assert "bpu.jkk.rate" not in {one.id for one in waiting}
    listed = reference_page().split("## To confirm\n")[1].split("\n## ")[0]
    assert [line.split("`")[1] for line in listed.splitlines() if line.startswith("- ")] == [
        one.id for one in waiting
    ]


def test_parameters_stand_by_subject() -> None:
    ids = [one.id for one in in_order(law.law_now())]
    assert ids == sorted(ids)
