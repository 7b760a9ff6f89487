"""What each segment pays in a month before any relief: the lines of BPU, PU and Jakon.

Sources: PP 44/2015 with PP 82/2019 and PP 49/2023 (JKK, JKM), PP 46/2015 (JHT), PP 45/2015 (JP), PP 37/2021 with
PP 6/2025 (JKP). Each line names the parameters it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from salawaku.law.basis import Basis, basis
from salawaku.law.errors import MissingError
from salawaku.law.formula import Key, Term, Tier
from salawaku.law.kinds import Program, RiskGroup, Segment, Share
from salawaku.law.register import Register

PROGRAMS = {
    Segment.BPU: (Program.JKK, Program.JKM, Program.JHT),
    Segment.PU: (Program.JKK, Program.JKM, Program.JHT, Program.JP, Program.JKP),
    Segment.JAKON: (Program.JKK, Program.JKM),
}
BPU_RATES = {Program.JKK: "bpu.jkk.rate", Program.JHT: "bpu.jht.rate"}


def bpu_terms(law: Register, program: Program, day: date) -> Iterator[Term]:
    """A non-wage worker's line: a rate on the base of the income band, or the flat JKM."""
    key = Key(program, Share.PARTICIPANT)
    if program is Program.JKM:
        yield Term(key, (basis(law, "bpu.jkm.flat", day),), flat=Fraction(law.at("bpu.jkm.flat", day)))
    else:
        name = BPU_RATES[program]
        yield Term(key, (basis(law, name, day),), tiers=(Tier(0, law.at(name, day)),))


def pu_terms(law: Register, program: Program, day: date, *, risk: RiskGroup | None, with_jkp: bool) -> Iterator[Term]:
    """A wage earner's lines, by who bears them.

    With JKP the employer pays no more: part of JKK (and once of JKM) is recomposed into it, and the state adds
    0.22% (PP 37/2021 Pasal 11, PP 49/2023 Pasal 16A, PP 6/2025 Pasal 11).
    """
    if program is Program.JKK:
        if risk is None:
            raise MissingError("risk_group")
        yield _recomposed(law, program, day, "pu.jkk.rate_by_risk_group", risk.value, with_jkp)
    elif program is Program.JKM:
        yield _recomposed(law, program, day, "pu.jkm.rate", "", with_jkp)
    elif program is Program.JHT:
        yield from _shared(law, program, day, "pu.jht.rate", ())
    elif program is Program.JP:
        ceiling = (Tier(law.at("pu.jp.wage_ceiling", day), Fraction(0)),)
        for term in _shared(law, program, day, "pu.jp.rate", ceiling):
            yield Term(term.key, (*term.basis, basis(law, "pu.jp.wage_ceiling", day)), tiers=term.tiers)
    else:
        rates = law.at("pu.jkp.rate", day)
        recomposed = rates["recomposed_jkk"] + rates["recomposed_jkm"]
        for share, rate in ((Share.EMPLOYER, recomposed), (Share.GOVERNMENT, rates["central_government"])):
            yield _on_wage(program, share, rate, (basis(law, "pu.jkp.rate", day, pick=rate),))


def jakon_terms(law: Register, program: Program, day: date, *, wage_known: bool) -> Iterator[Term]:
    """Construction: on the wages when they are known, else marginal tiers on the contract without VAT."""
    if wage_known:
        rate = law.at("jakon.rate_when_wage_known", day)[program.value]
        found = basis(law, "jakon.rate_when_wage_known", day, pick=rate)
        yield _on_wage(program, Share.CONTRACTOR, rate, (found,))
        return
    rows = law.at("jakon.tiers_by_contract_value", day)
    tiers = tuple(Tier(row["over"], row[program.value]) for row in rows)
    found = basis(law, "jakon.tiers_by_contract_value", day, pick=tuple(tier.rate for tier in tiers))
    yield Term(Key(program, Share.CONTRACTOR), (found,), tiers=tiers)


def _recomposed(law: Register, program: Program, day: date, name: str, pick: str, with_jkp: bool) -> Term:
    """The employer's JKK or JKM, less what goes into JKP for those enrolled in it."""
    gross = law.at(name, day)[pick] if pick else law.at(name, day)
    found = [basis(law, name, day, pick=gross)]
    taken = Fraction(0)
    if with_jkp:
        taken = law.at("pu.jkp.rate", day)[f"recomposed_{program.value.lower()}"]
    if taken:
        found.append(basis(law, "pu.jkp.rate", day, pick=taken))
    return _on_wage(program, Share.EMPLOYER, gross - taken, tuple(found))


def _shared(law: Register, program: Program, day: date, name: str, above: tuple[Tier, ...]) -> Iterator[Term]:
    rates = law.at(name, day)
    for share in (Share.EMPLOYER, Share.WORKER):
        rate = rates[share.value]
        yield Term(Key(program, share), (basis(law, name, day, pick=rate),), tiers=(Tier(0, rate), *above))


def _on_wage(program: Program, share: Share, rate: Fraction, found: tuple[Basis, ...]) -> Term:
    return Term(Key(program, share), found, tiers=(Tier(0, rate),))
