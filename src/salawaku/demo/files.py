"""Files as the offices of the demonstration send them: tables with semicolons, papers of one page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file with semicolons, as a bank or a branch sends it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue().encode()


def paper(title: str) -> bytes:
    """A signed paper as a scanner gives it: a PDF of one small page with its title in plain letters."""
    drawn = f"BT /F1 12 Tf 24 96 Td ({title}) Tj ET".encode("ascii", "replace")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 120]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj%s\nendobj\n" % (number, content)
    cross = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + cross + end
