"""Tables in HTML: many office portals export them under the name .xls."""

from __future__ import annotations

from html.parser import HTMLParser

from salawaku.intake.engine.cells import Row, Sheet


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), 100) if span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is None:
            return
        if not self.rows:
            self.rows.append([])
        self.rows[-1].extend([" ".join("".join(self._cell).split()), *[""] * (self._span - 1)])
        self._cell = None


def read_html(text: str) -> Sheet:
    """All rows of all tables of the page, one below the other."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    return Sheet("", parser.rows)
