"""The layout of a sender: file format, columns, header, and the habits with which cells are filled."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from salawaku.demo.lists.city import Village
from salawaku.demo.lists.headings import GROUPS, HEADINGS, SUBHEADINGS

DEMO_DATES = ("d-m-Y", "d/m/Y", "iso", "words", "excel")
HELD_OUT_DATES = (
    *("d-m-Y", "d/m/Y", "d/m/y", "d.m.Y", "iso", "words", "WORDS", "excel", "excel", "mixed", "mixed"),
    *("short", "nozero", "old_words", "d-m-y", "d m Y", "iso_time", "spaced"),
)
SEXES = {
    "L/P": ("L", "P"),
    "l/p": ("l", "p"),
    "words": ("Laki-laki", "Perempuan"),
    "WORDS": ("LAKI-LAKI", "PEREMPUAN"),
    "spaced": ("Laki - Laki", "Perempuan"),
    "short": ("Lk", "Pr"),
    "plain": ("Laki laki", "Perempuan"),
    "pria": ("Pria", "Wanita"),
    "english": ("Male", "Female"),
}
NIKS = ("text", "text", "text", "apostrophe", "dots", "spaces", "dashes", "number", "mixed", "formula", "hard_space")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, its header, and the group label above it in a header of two rows."""

    kind: str
    heading: str
    group: str = ""


@dataclass(frozen=True)
class Sender:
    """Who sends a list: a village, or an agency with the occupations it looks after."""

    slug: str
    title: str
    agency: str = ""
    village: Village | None = None


@dataclass
class Layout:
    """How one sender writes lists."""

    file: str = "xlsx"
    encoding: str = "utf-8"
    delimiter: str = ";"
    columns: list[Column] = field(default_factory=list)
    sheets: str = "one"
    letterhead: str = "long"
    two_rows: bool = False
    numbering: str = ""
    left: int = 0
    top: int = 0
    repeat_header: int = 0
    empty_every: int = 0
    subtotal_every: int = 0
    total: bool = True
    signature: bool = True
    hidden_share: float = 0.0
    formulas: bool = False
    extra_sheet: str = ""
    dates: str = "d-m-Y"
    sexes: str = "L/P"
    niks: str = "text"
    names: str = "mixed"
    places: str = "name"
    ttl: str = ", "
    incomes: str = "number"
    blank_lines: bool = False
    prefilled: int = 0
    footnote: bool = False

    def has(self, kind: str) -> bool:
        """Whether the list has a column of this kind."""
        return any(column.kind == kind for column in self.columns)


def draw_layout(sender: Sender, rng: random.Random, style: str) -> Layout:
    """A layout for the sender, of the family `demo` (tidy) or `held_out` (anything that people send)."""
    if style not in ("demo", "held_out"):
        raise ValueError(f"unknown family of layouts: {style}")
    layout = _tidy(sender, rng) if style == "demo" else _wild(sender, rng)
    if layout.file == "csv":
        layout.formulas, layout.hidden_share, layout.extra_sheet = False, 0.0, ""
        layout.left, layout.sheets = 0, "one"
        if layout.niks in ("number", "formula", "mixed"):
            layout.niks = "text"
        # A line break inside a cell would part the line from the row in a text file.
        layout.columns = [replace(c, heading=c.heading.replace("\n", " ")) for c in layout.columns]
    return layout


def _tidy(sender: Sender, rng: random.Random) -> Layout:
    long = rng.random() < 0.5
    layout = Layout(
        sheets="one" if sender.agency or rng.random() < 0.7 else "rt",
        letterhead="long" if long or sender.agency else "line",
        dates=rng.choice(DEMO_DATES),
        sexes="words" if sender.agency else "L/P",
        niks="mixed_text",
        empty_every=rng.choice((0, 0, 55)),
        repeat_header=rng.choice((0, 0, 0, 40)),
        places="kinds",
    )
    if sender.agency:
        kinds = ["no", "name", "nik", "birth_date", "sex", "group", "village", "district", "occupation"]
    elif long:
        kinds = ["no", "nik", "household", "name", "birthplace", "birth_date", "sex", "address", "rt", "rw"]
        kinds += ["occupation", "income", "phone"]
    else:
        kinds = ["no", "name", "ttl", "sex", "nik", "rtrw", "occupation", "phone"]
    if sender.agency and rng.random() < 0.3:
        layout = Layout(file="csv", letterhead="", total=False, signature=False, dates="iso", places="kinds")
        kinds = ["name", "nik", "birth_date", "sex", "village", "occupation", "income"]
    layout.columns = [Column(kind, rng.choice(HEADINGS[kind][:3])) for kind in kinds]
    return layout


def _wild(sender: Sender, rng: random.Random) -> Layout:
    file = rng.choices(("xlsx", "csv", "ods", "xls"), (0.6, 0.2, 0.1, 0.1))[0]
    layout = Layout(
        file=file,
        encoding=rng.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")),
        delimiter=rng.choice((";", ",", "\t")),
        sheets="one" if file == "csv" else _draw_sheets(sender, rng),
        letterhead=rng.choice(("long", "long", "line", "labels", "office")),
        two_rows=rng.random() < 0.3,
        numbering=rng.choice(("", "", "", "plain", "brackets", "hints")),
        left=rng.choice((0, 0, 0, 1, 2)),
        top=rng.choice((0, 0, 1, 3)),
        repeat_header=rng.choice((0, 0, 40, 25)),
        empty_every=rng.choice((0, 0, 17, 55)),
        subtotal_every=rng.choice((0, 0, 0, 30)),
        total=rng.random() < 0.6,
        signature=rng.random() < 0.7,
        hidden_share=rng.choice((0.0, 0.0, 0.03)),
        formulas=rng.random() < 0.25,
        extra_sheet=rng.choice(("", "", "", "notes", "recap", "empty")),
        dates=rng.choice(HELD_OUT_DATES),
        sexes=rng.choice(list(SEXES)),
        niks=rng.choice(NIKS),
        names=rng.choice(("mixed", "upper", "title", "lower", "mixed")),
        places=rng.choice(("kinds", "kinds", "short", "upper", "spelling", "tight")),
        ttl=rng.choice((", ", ", ", "/", " ", ",", ", ")),
        incomes=rng.choice(("number", "number", "rupiah", "dots")),
        blank_lines=rng.random() < 0.3,
        prefilled=rng.choice((0, 0, 0, 7)),
        footnote=rng.random() < 0.25,
    )
    if layout.sheets == "village" and rng.random() < 0.4:
        layout.letterhead = ""  # then the name of the sheet alone tells the village
    layout.columns = _draw_columns(sender, layout, rng)
    return layout


def _draw_sheets(sender: Sender, rng: random.Random) -> str:
    if sender.village:
        return "rt" if rng.random() < 0.3 else "one"
    return rng.choice(("one", "one", "district", "village"))


def _draw_columns(sender: Sender, layout: Layout, rng: random.Random) -> list[Column]:
    """The columns in a shuffled order, with their names and groups."""
    if layout.dates == "excel" or rng.random() < 0.6:
        born = [["birthplace", "birth_date"], ["birth_date"]][rng.random() < 0.3]
    else:
        born = ["ttl"]
    ticks = layout.file != "csv" and rng.random() < 0.2
    sex = ["tick_m", "tick_f"] if ticks else ["sex"]
    blocks = [["nik"], ["name"], born, sex, ["occupation"]]
    blocks += rng.sample([["household"], ["phone"], ["income"], ["group"], ["decile"]], rng.randint(0, 4))
    blocks.append(rng.choice((["rt", "rw"], ["rtrw"], ["address", "rt", "rw"], ["address", "rtrw"])))
    # A village may leave itself out of the table when the letterhead names it; a CSV has no better place.
    if layout.sheets != "village" and (sender.agency or layout.file == "csv" or rng.random() < 0.35):
        blocks.append(["village", "district"] if rng.random() < 0.6 else ["village"])
    useless = ["note", "age", "mother", "entered", "religion", "schooling", "status", "signature", "account"]
    blocks += [[kind] for kind in rng.sample(useless, rng.choice((0, 0, 1, 2, 4)))]
    if rng.random() < 0.12:
        blocks.append(["heir", "heir_nik"])
    rng.shuffle(blocks)
    kinds = [kind for block in blocks for kind in block]
    if rng.random() < 0.85:
        kinds.insert(0, "no")
    if ticks:
        layout.two_rows = True
    return _name_columns(kinds, layout.two_rows, rng)


def _name_columns(kinds: list[str], two_rows: bool, rng: random.Random) -> list[Column]:
    columns: list[Column] = []
    habit = rng.choice((str, str, str, str.upper, _untidy, _two_lines))
    at = 0
    while at < len(kinds):
        group = _group_at(kinds[at:], rng) if two_rows else None
        if group:
            label, members = group
            columns += [Column(kind, _subheading(kind, rng), label) for kind in members]
            at += len(members)
        else:
            columns.append(Column(kinds[at], habit(rng.choice(HEADINGS[kinds[at]]))))
            at += 1
    return columns


def _untidy(heading: str) -> str:
    return f" {heading}  "


def _two_lines(heading: str) -> str:
    """A heading broken over two lines within its cell."""
    return heading.replace(" ", "\n", 1) if len(heading) > 9 else heading


def _group_at(kinds: list[str], rng: random.Random) -> tuple[str, tuple[str, ...]] | None:
    fitting = [group for group in GROUPS if tuple(kinds[: len(group[1])]) == group[1]]
    return rng.choice(fitting) if fitting else None


def _subheading(kind: str, rng: random.Random) -> str:
    return rng.choice(SUBHEADINGS.get(kind) or HEADINGS[kind])
