"""Taking the lists of the demonstration city in, the way its officers would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from salawaku.accounts.models import User
from salawaku.accounts.refusal import Refusal
from salawaku.demo.lists.city import City
from salawaku.demo.lists.write import AGENCIES, slug
from salawaku.intake.actions import file_check, file_confirm, file_receive, pair_decide
from salawaku.intake.models import ListFile, ListRow, Pair

Tell = Callable[[], None]
WAITING = 3  # lists left unconfirmed, so that the home page has something that waits for a person
DECIDED = 0.6  # share of the pairs that somebody has already decided


class Desk:
    """An officer's desk: every list goes through the same actions as on the page."""

    def __init__(self, by: User, city: City, folder: Path) -> None:
        self.by, self.city, self.folder = by, city, folder
        self.truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.villages = {slug(f"{v.kind} {v.name}"): v.code for v in city.villages}

    def files(self) -> list[Path]:
        """The lists in the order in which they arrive."""
        return sorted(path for path in self.folder.iterdir() if path.name != "truth.json")

    def take_in(self, paths: Iterable[Path], tell: Tell) -> None:
        """Receive, check, decide and confirm one list after the other; what was done before stays done."""
        for path in paths:
            file = self._receive(path)
            if file is not None and file.status in (ListFile.Status.RECEIVED, ListFile.Status.CHECKING):
                file_check(by=self.by, file=file)
            tell()

    def to_confirm(self) -> int:
        """How many lists are confirmed at once; the last few wait for a person."""
        return len(self._ready())

    def confirm(self, tell: Tell) -> None:
        """Decide some pairs and confirm all lists but the last few."""
        for file in self._ready():
            self._decide(file)
            file_confirm(by=self.by, file=file, second_look=True)
            tell()

    def _ready(self) -> list[ListFile]:
        return list(ListFile.objects.filter(status=ListFile.Status.CHECKED).order_by("id"))[:-WAITING]

    def _receive(self, path: Path) -> ListFile | None:
        village, agency = self._sender(path)
        try:
            with path.open("rb") as content:
                return file_receive(
                    by=self.by,
                    name=path.name,
                    content=content,
                    village_code=village,
                    agency_code=agency,
                    as_of=self.city.as_of,
                )
        except Refusal:  # sent before: by an earlier run, or because the city sends one list twice
            return None

    def _sender(self, path: Path) -> tuple[str, str]:
        name = path.stem.partition("-")[2]
        agency = AGENCIES.get(name.removeprefix("opd-"))
        return (self.villages.get(name, "81.71"), agency[1] if agency else "")

    def _decide(self, file: ListFile) -> None:
        pairs = list(Pair.objects.filter(left__file=file, decision="").select_related("left").order_by("id"))
        for pair in pairs[: int(len(pairs) * DECIDED)]:
            pair_decide(by=self.by, pair=pair, decision=self._answer(pair))

    def _answer(self, pair: Pair) -> str:
        """What somebody who knows the people would say: the truth beside the lists."""
        left, right = self._person(pair.left), self._person(pair.right_row or self._first_row(pair))
        return "same" if left is not None and left == right else "different"

    def _person(self, row: ListRow | None) -> int | None:
        if row is None:
            return None
        told = self.truth["files"].get(row.file.name, {}).get(f"{row.sheet}!{row.row}")
        return told["person"] if told else None

    def _first_row(self, pair: Pair) -> ListRow | None:
        worker = pair.right_worker
        return ListRow.objects.filter(pk=worker.source_row_id or 0).first() if worker else None
