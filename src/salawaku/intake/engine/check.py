"""Checking files: read, check as columns, link inside the run and against the register. Writes nothing."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from salawaku.intake.engine.linking import Register, linked
from salawaku.intake.engine.opening import EXTENSIONS, open_book
from salawaku.intake.engine.places import Places
from salawaku.intake.engine.precision import guard_precision, mend_large_numbers
from salawaku.intake.engine.refusals import FileRefused
from salawaku.intake.engine.rules import Checker, Criteria
from salawaku.intake.engine.tables import Listing, Reader, village_hints
from salawaku.intake.engine.trades import Occupations

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class FileResult:
    """What became of one file."""

    path: Path
    digest: str
    status: str = "read"
    codes: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    fingerprints: list[str] = field(default_factory=list)
    sender: str = ""
    hidden: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    remembered: Mapping[str, Mapping[str, str]] | None = None

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name

    def refuse(self, refusal: FileRefused) -> None:
        """Keep why the file must not be used."""
        self.status, self.codes, self.values = "refused", [refusal.code], refusal.values


@dataclass(slots=True)
class RunResult:
    """What became of all files of a run; `rows` has one row per person, in order of arrival."""

    files: list[FileResult]
    rows: pl.DataFrame
    as_of: date

    def totals(self) -> dict[str, int]:
        """Counts by outcome; they add up to the rows."""
        counts = dict(self.rows["status"].value_counts().iter_rows())
        outcomes = {s: int(counts.get(s, 0)) for s in ("accepted", "duplicate", "review", "rejected")}
        refused = sum(1 for file in self.files if file.status == "refused")
        return {"rows": self.rows.height, **outcomes, "files_refused": refused}


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: folders in name order, other kinds of files skipped."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in EXTENSIONS)
            found += [p for p in inside if not p.name.startswith((".", "~$"))]
        else:
            found.append(path)
    return found


def check_files(  # noqa: PLR0913 - one door with everything optional
    paths: Sequence[Path | str],
    *,
    as_of: date,
    home_region: str = "81.71",
    places: Places | None = None,
    occupations: Occupations | None = None,
    register: Register = None,
    decisions: pl.DataFrame | None = None,
    mappings: Mapping[str, Mapping[str, str]] | None = None,
    village: str | None = None,
    loaded: Mapping[str, str] | None = None,
    criteria: Criteria | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Read and check files or folders.

    `register` and `decisions` are the frames of `linkage.tiers.link`; `mappings` gives corrected mappings by layout
    fingerprint; `village` is the sender's village code; `loaded` maps digests of files loaded before to their names.
    """
    places = places or Places.shipped(home_region)
    occupations = occupations or Occupations.shipped()
    reader = Reader(places, occupations, as_of, mappings)
    checker = Checker(places, occupations, as_of, criteria or Criteria())
    seen = dict(loaded or {})
    files: list[FileResult] = []
    frames: list[pl.DataFrame] = []
    listed = list_files(map(Path, paths))
    for number, path in enumerate(listed):
        file = FileResult(path, "", remembered=mappings)
        files.append(file)
        try:
            _guard_repetition(file, seen)
            with _uncollected():
                found = _read(file, reader, checker, village)
            frames += [frame.with_columns(file=pl.lit(number, dtype=pl.Int32)) for frame in found]
        except FileRefused as refusal:
            file.refuse(refusal)
        if progress:
            progress(number + 1, len(listed), path.name)
    return RunResult(files, linked(frames, register=register, decisions=decisions), as_of)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A million cells come and go without a cycle among them: looking for garbage would only cost time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _guard_repetition(file: FileResult, seen: dict[str, str]) -> None:
    """The same content a second time is refused, whatever its name."""
    if not file.path.is_file():
        raise FileRefused("file.unreadable", why="absent")
    try:
        with file.path.open("rb") as content:
            file.digest = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise FileRefused("file.unreadable", why="forbidden") from error
    if file.digest in seen:
        raise FileRefused("file.repeated", other=seen[file.digest])
    seen[file.digest] = file.name


def _read(file: FileResult, reader: Reader, checker: Checker, village: str | None) -> list[pl.DataFrame]:
    book = open_book(file.path)
    reading = reader.read(book)
    file.hidden, file.without = reading.hidden, reading.without
    if not reading.listings:
        if reading.hidden and not reading.filled:
            raise FileRefused("file.unreadable", why="sheets")
        raise FileRefused("file.no_header" if reading.filled else "file.empty")
    mend_large_numbers(file.path, reading.listings)
    guard_precision(reading.listings)
    for listing in reading.listings:
        _remember(file, listing)
    people = [listing for listing in reading.listings if listing.rows.height]
    if not people:
        raise FileRefused("file.empty")
    return [_checked(file, listing, checker, village) for listing in people]


def _remember(file: FileResult, listing: Listing) -> None:
    heading = listing.heading
    named = {heading.labels[c]: f for c, f in sorted(heading.fields.items()) if f != "number" and c in heading.labels}
    file.mapping |= {label: name for label, name in named.items() if label not in file.mapping}
    file.fingerprints.append(heading.fingerprint)
    file.sender = file.sender or listing.above.sender


def _checked(file: FileResult, listing: Listing, checker: Checker, village: str | None) -> pl.DataFrame:
    hints = village_hints(listing, checker.places, sender=village, file=file.name)
    return checker.check(listing.rows, hints, listing.above.district)
