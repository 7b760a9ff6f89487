"""The long plain list for measurements."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from salawaku.demo.lists import bulk_xlsx


def rows_of(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_a_bulk_list_has_its_rows_and_no_nik_twice(tmp_path: Path) -> None:
    bulk_xlsx(tmp_path / "bulk.xlsx", 20_000, 1)
    header, *rows = rows_of(tmp_path / "bulk.xlsx")

    assert len(header) == 10
    assert len(rows) == 20_000
    assert len({row[1] for row in rows}) == 20_000


def test_a_share_of_bulk_rows_can_be_faulty(tmp_path: Path) -> None:
    bulk_xlsx(tmp_path / "bulk.xlsx", 1000, 1, faulty=0.2)
    broken = [row for row in rows_of(tmp_path / "bulk.xlsx")[1:] if len(str(row[1])) != 16 or "O" in str(row[1])]

    assert 150 < len(broken) < 250
