"""Bars, lines and shares as inline SVG."""

import re
from datetime import date

from salawaku.web.figures import Bar, Month, Part, bars, share_strip, trend


def row(*values: int, label: str = "Dana", url: str = "") -> Bar:
    kinds = ("solid", "hatched", "hollow")
    return Bar(
        label, "x", [Part(kind, value, f"{kind} {value}") for kind, value in zip(kinds, values, strict=False)], url
    )


def widths(drawing: str) -> list[float]:
    return [float(width) for width in re.findall(r'width="([\d.]+)%" height="16"', drawing)]


def test_bars_share_the_scale_of_the_longest() -> None:
    assert widths(bars([row(100), row(25)])) == [100, 25]


def test_each_bar_may_have_its_own_scale() -> None:
    assert widths(bars([row(50, 50), row(1, 3)], whole=0)) == [50, 50, 25, 75]


def test_a_bar_of_nothing_is_empty_and_does_not_fail() -> None:
    assert widths(bars([row(0, 0, 0)])) == []
    assert widths(bars([row(0)], whole=0)) == []


def test_a_bar_never_leaves_its_frame() -> None:
    assert sum(widths(bars([row(80, 80)], whole=100))) == 100


def test_a_bar_tells_its_parts_and_links_its_list() -> None:
    drawing = bars([row(5, 5, label="<Dana>", url="/dana/1")])
    assert 'aria-label="solid 5, hatched 5"' in drawing
    assert '<a href="/dana/1">&lt;Dana&gt;</a>' in drawing


def test_a_trend_needs_two_values() -> None:
    assert trend([], said="") == ""
    assert trend([3], said="") == ""
    assert 'd="M0.0 4.0L300.0 60.0"' in trend([10, 0], said="turun")


def test_a_trend_shows_its_goal() -> None:
    assert 'class="goal"' in trend([1, 2], said="", goal=4)
    assert 'class="goal"' not in trend([0, 0], said="")


def test_the_shares_of_a_group_fill_their_cells() -> None:
    months = [
        Month(date(2025, 12, 1), 0, 10),
        Month(date(2026, 1, 1), 5, 10),
        Month(date(2026, 2, 1), 12, 10),
        Month(date(2026, 3, 1), 3, 0),
    ]
    drawing = share_strip(months, said="naik")
    assert re.findall(r'class="filled" d="M\d+ 65v-([\d.]+)', drawing) == ["0.0", "32.0", "64", "0"]
    assert ">2026</text>" in drawing
    assert 'aria-label="naik"' in drawing
