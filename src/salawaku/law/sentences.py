"""What a result says to the person it is about: one or two sentences in Indonesian and English."""

from __future__ import annotations

from collections.abc import Sequence

from salawaku.law.formula import Line
from salawaku.law.kinds import Item, Share
from salawaku.law.register import Text

ITEMS = {
    Item.DEATH_GRANT: Text("santunan kematian", "death grant"),
    Item.PERIODIC_LUMP: Text("santunan berkala", "periodic grant"),
    Item.BURIAL: Text("biaya pemakaman", "burial grant"),
    Item.SCHOLARSHIP: Text("beasiswa anak, paling banyak", "the children's scholarship, at most"),
    Item.DISABILITY_GRANT: Text("santunan cacat", "disability grant"),
    Item.TEMPORARY_DISABILITY: Text(
        "santunan sementara tidak mampu bekerja", "grant for temporary inability to work"
    ),
    Item.TRANSPORT: Text("penggantian biaya angkut", "transport refund"),
    Item.MEDICAL: Text("biaya perawatan", "medical care"),
    Item.HOME_CARE: Text("perawatan di rumah", "home care"),
    Item.REHABILITATION: Text("alat bantu dan rehabilitasi", "aids and rehabilitation"),
    Item.BALANCE: Text("saldo tabungan", "savings balance"),
}
SHARES = {
    Share.EMPLOYER: Text("pemberi kerja", "employer"),
    Share.WORKER: Text("pekerja", "worker"),
    Share.PARTICIPANT: Text("peserta", "participant"),
    Share.CONTRACTOR: Text("kontraktor", "contractor"),
    Share.GOVERNMENT: Text("pemerintah pusat", "central government"),
}
HEIRS = Text("Ahli waris menerima", "The heirs receive")
WORKER = Text("Pekerja menerima", "The worker receives")


def word(part: Item | Share) -> Text:
    """What a line is for, or who bears it, in words."""
    return ITEMS[part] if isinstance(part, Item) else SHARES[part]


WAITING = Text(
    "Masa kepesertaan belum cukup, maka hanya biaya pemakaman yang dibayar.",
    "The membership is still too short, so only the burial grant is paid.",
)


def money(amount: int) -> Text:
    """Rp16.800 in Indonesian, Rp16,800 in English."""
    english = f"Rp{amount:,}"
    return Text(english.replace(",", "."), english)


def contribution_sentence(total: int, lines: Sequence[Line]) -> Text:
    """What is to be paid, by programme and who bears it."""
    parts = [_borne(line) for line in lines]
    return _listed(Text("Iuran", "The contribution is"), total, parts)


def _borne(line: Line) -> Text:
    """A line with who bears it; of a non-wage worker's that is whoever pays, so nobody is named."""
    if line.key.part is Share.PARTICIPANT:
        return _both(f"{line.key.program.value} {{}}", money(line.amount))
    return _both(f"{line.key.program.value} {{}} ({{}})", money(line.amount), word(line.key.part))


def benefit_sentence(total: int, lines: Sequence[Line], *, dead: bool, waiting: bool) -> Text:
    """What the heirs or the worker receive, and why it is little when it is."""
    who = HEIRS if dead else WORKER
    parts = [_both("{} {}", word(line.key.part), money(line.amount)) for line in lines]
    told = _listed(who, total, parts)
    return _both("{} {}", told, WAITING) if waiting else told


def _listed(opening: Text, total: int, parts: Sequence[Text]) -> Text:
    if len(parts) < 2:
        return _both("{} {}.", opening, money(total)) if not parts else _both("{} {}.", opening, parts[0])
    joined = Text(", ".join(part.id for part in parts), ", ".join(part.en for part in parts))
    return _both("{} {}: {}.", opening, money(total), joined)


def _both(form: str, *texts: Text) -> Text:
    return Text(form.format(*(text.id for text in texts)), form.format(*(text.en for text in texts)))
