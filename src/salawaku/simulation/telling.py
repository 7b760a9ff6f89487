"""Answers for people on the command line, in Indonesian: a scenario, scenarios side by side, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Answer = dict[str, Any]
FEW = 10
SUMS = {
    "covered_at_end": "terlindungi di akhir",
    "worker_months": "bulan pekerja",
    "cost": "iuran Rp",
    "unspent": "tidak terpakai Rp",
    "lapsed": "kepesertaan berakhir",
    "deaths_uncovered": "meninggal tanpa perlindungan",
    "reduced_benefit_families": "keluarga dengan santunan kecil",
    "benefits": "manfaat Rp",
}
REASONS = {
    "month_outside": "bulan itu di luar skenario",
    "opens_after": "baru membayar setelah bulan itu",
    "closed_before": "berhenti membayar sebelum bulan itu",
    "minimum_too_long": "bulan yang tersisa kurang dari minimalnya",
    "payers_leave": "pembayarnya berhenti",
    "too_few_eligible": "pekerja yang boleh dibayarnya terlalu sedikit",
    "too_few_workers": "pekerja terlalu sedikit",
}
TURNED = {
    "worker_selection_factor": "Faktor kematian pekerja",
    "provincial_factor": "Faktor kematian provinsi",
    "accidents_per_1000": "Kecelakaan per 1.000",
    "accident_cost": "Biaya satu kecelakaan Rp",
    "budgets": "Anggaran kali",
    "first_month": "Keputusan terlambat bulan",
    "dropout": "Pembayar berhenti kali",
    "contribution": "Iuran kali",
}


def of_answer(answer: Answer) -> Iterator[str]:
    """A line for each month and the sums."""
    yield answer["name"]
    for month in answer["months"]:
        yield (
            f"{month['month']}  {number(month['covered']):>11} terlindungi ({percent(month['share'])})"
            f"  iuran Rp{number(month['cost'])}  manfaat Rp{number(month['benefits']['mean'])}"
        )
    totals = answer["totals"]
    yield f"Iuran Rp{number(totals['cost'])}, tidak terpakai Rp{number(totals['unspent'])}."
    between = " sampai ".join(f"Rp{number(totals['benefits'][end])}" for end in ("p05", "p95"))
    yield f"Manfaat Rp{number(totals['benefits']['mean'])}, sembilan dari sepuluh kali {between}."
    yield f"Kepesertaan berakhir: {number(round(totals['lapsed']))} pekerja."
    for target in answer["targets"]:
        reached = f"tercapai {target['reached']}" if target["reached"] else "tidak tercapai"
        yield f"Target {percent(target['share'])} pada {target['month']}: {reached}."


def of_comparison(comparison: Answer) -> Iterator[str]:
    """A column for each scenario: who is covered month by month, the sums, the targets, and which inputs differ."""
    lines, differences = comparison["lines"], comparison["differences"]
    for at, line in enumerate(lines, 1):
        yield f"({at}) {line['name']}"
    yield _row("", [f"({at})" for at in range(1, len(lines) + 1)])
    for at, month in enumerate(comparison["months"]):
        yield _row(month, ["-" if line["covered"][at] is None else number(line["covered"][at]) for line in lines])
    for name, words in SUMS.items():
        sums = [difference["sums"][name] for difference in differences]
        yield _row(words, [number(one) for one in (sums[0]["first"], *(each["this"] for each in sums))])
    for target in comparison["targets"]:
        yield _row(f"{percent(target['share'])} tercapai", [month or "tidak" for month in target["reached"]])
    for at, difference in enumerate(differences, 2):
        for one in difference["inputs"]:
            yield f"({at}) {one['field']}: {_value(one['from'])} menjadi {_value(one['to'])}"


def of_question(asked: str, answer: Answer) -> Iterator[str]:
    """The lines of one question's answer."""
    yield from QUESTIONS[asked](answer)


def _least_money(answer: Answer) -> Iterator[str]:
    for target in answer["targets"]:
        share, workers = percent(target["share"]), number(target["workers"])
        yield f"Uang paling sedikit agar {share} ({workers} pekerja) terlindungi pada {target['month']}:"
        for one in target["mixes"]:
            parts = _parts(one["mix"])
            if one["reachable"]:
                word = "lebih" if one["more"] >= 0 else "kurang"
                yield f"  {parts}: Rp{number(one['rupiah'])} (Rp{number(abs(one['more']))} {word} dari sekarang)"
            else:
                most = "" if one["covered"] is None else f", paling banyak {number(one['covered'])} pekerja"
                yield f"  {parts}: tidak tercapai{most}; {REASONS[one['reason']]}"


def _parts(mix: dict[str, float]) -> str:
    if len(mix) == 1:
        return f"{next(iter(mix))} saja"
    return ", ".join(f"{source} {percent(part)}" for source, part in mix.items())


def _month(answer: Answer) -> Iterator[str]:
    for target in answer["targets"]:
        reached = f"tercapai {target['reached']}" if target["reached"] else "tidak tercapai"
        lack = target["missing"]
        lacking = f"; kurang {number(lack)} pekerja, Rp{number(target['rupiah_a_month'])} sebulan" if lack else ""
        yield f"{percent(target['share'])} pada {target['month']}: {reached}{lacking}."


def _delay(answer: Answer) -> Iterator[str]:
    for delay in answer["delays"]:
        for name, cost in (("semua sumber", delay["all"]), *delay["by_source"].items()):
            yield (
                f"Keputusan {delay['months']} bulan lebih lambat, {name}: kepesertaan berakhir"
                f" {signed(cost['lapses'])}, keluarga tanpa santunan {signed(cost['families_without'])}, dengan"
                f" santunan kecil {signed(cost['families_reduced'])}; manfaat Rp{number(cost['benefits_less'])} lebih"
                f" sedikit, tidak terpakai Rp{number(cost['unspent_more'])} lebih banyak."
            )


def _best_use(answer: Answer) -> Iterator[str]:
    yield f"Rp{number(answer['amount'])} lagi:"
    for use in answer["uses"]:
        first, last = use["months"]
        kind = "jembatan sebelum " if use["kind"] == "bridge" else ""
        yield (
            f"  {use['rank']}. {kind}{use['source']} {first} sampai {last}: manfaat {signed(use['benefits'])} rupiah,"
            f" bulan pekerja {signed(use['worker_months'])}, di akhir {signed(use['covered_at_end'])},"
            f" kepesertaan berakhir {signed(-use['lapses_avoided'])}, terpakai Rp{number(use['spent'])}"
        )


def _tornado(answer: Answer) -> Iterator[str]:
    by = answer["by"]
    for bar in answer["bars"]:
        low, high = bar["low"], bar["high"]
        yield (
            f"{TURNED[bar['name']]} {number(low['value'])} sampai {number(high['value'])}:"
            f" {SUMS[by]} {number(low[by])} sampai {number(high[by])}"
        )


QUESTIONS: dict[str, Callable[[Answer], Iterator[str]]] = {
    "least-money": _least_money,
    "month": _month,
    "delay": _delay,
    "best-use": _best_use,
    "tornado": _tornado,
}


def _row(name: str, columns: list[str]) -> str:
    return f"{name:<30}" + "".join(f"  {column:>15}" for column in columns)


def _value(value: Any) -> str:
    return "tidak ada" if value is None else str(value)


def number(value: float) -> str:
    """As Indonesians write it: whole people and rupiah; a small fraction, such as a factor, with its decimals."""
    if isinstance(value, float) and abs(value) < FEW:
        return f"{value:.4g}".replace(".", ",")
    return f"{round(value):,}".replace(",", ".")


def signed(value: float) -> str:
    """A difference with its sign; of people, one decimal of few."""
    return f"{'+' if value > 0 else ''}{number(round(value, 1) if abs(value) < FEW else value)}"


def percent(share: float) -> str:
    """One decimal."""
    return f"{share:.1%}".replace(".", ",")
