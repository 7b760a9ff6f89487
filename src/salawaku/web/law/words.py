"""What the words in which the law sorts cases are called on a page, and how sure a value is."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from salawaku.law import Confidence, Level, Payer, Program, RiskGroup, Sector, Segment, Text
from salawaku.web.wording import language_now

SEGMENTS = {
    Segment.BPU: _("Non-wage worker (BPU): fisher, farmer, ojek rider, trader, works on their own"),
    Segment.PU: _("Wage earner (PU): receives a wage from an employer"),
    Segment.JAKON: _("Construction project (Jakon): the contractor insures everybody on the project"),
}
SEGMENTS_SHORT = {
    Segment.BPU: _("non-wage worker (BPU)"),
    Segment.PU: _("wage earner (PU)"),
    Segment.JAKON: _("construction project (Jakon)"),
}
PROGRAMS = {
    Program.JKK: _("JKK: work accident"),
    Program.JKM: _("JKM: death"),
    Program.JHT: _("JHT: old-age savings"),
    Program.JP: _("JP: pension, wage earners only"),
    Program.JKP: _("JKP: loss of job, wage earners only"),
}
SECTORS = {
    Sector.OTHER: _("Other work, such as fishing, farming or trading"),
    Sector.TRANSPORT: _("Transport, such as ojek, becak or driver"),
    Sector.LABOUR_INTENSIVE: _("Labour-intensive industry, such as food, textile or furniture"),
}
SECTORS_SHORT = {
    Sector.OTHER: _("other work"),
    Sector.TRANSPORT: _("transport"),
    Sector.LABOUR_INTENSIVE: _("labour-intensive industry"),
}
PAYERS = {
    Payer.SELF: _("The worker"),
    Payer.APBD: _("City or province (APBD)"),
    Payer.APBN: _("The state budget (APBN)"),
    Payer.VILLAGE_FUND: _("The village fund (Dana Desa)"),
    Payer.CSR: _("A company as a donor (CSR)"),
    Payer.FOSTER: _("A foster sponsor (bapak asuh)"),
    Payer.EMPLOYER: _("The employer"),
}
RISKS = {
    RiskGroup.VERY_LOW: _("Very low, such as an office or a shop"),
    RiskGroup.LOW: _("Low, such as farming or a small workshop"),
    RiskGroup.MEDIUM: _("Medium, such as fish processing or furniture"),
    RiskGroup.HIGH: _("High, such as road transport or quarrying"),
    RiskGroup.VERY_HIGH: _("Very high, such as mining or building"),
}
LEVELS = {
    Level.TK_SD: _("Kindergarten or primary school"),
    Level.SMP: _("Lower secondary school"),
    Level.SMA: _("Upper secondary school"),
    Level.PT: _("University or training"),
}
LEVELS_SHORT = {
    Level.TK_SD: _("TK/SD"),
    Level.SMP: _("SMP"),
    Level.SMA: _("SMA/SMK"),
    Level.PT: _("university or training"),
}


class What(Enum):
    """What happened, as a family would say it; each leads to an event, a cause and an outcome of the law."""

    DEATH = "death"
    DEATH_AT_WORK = "death_at_work"
    TOTAL_DISABILITY = "total_disability"
    PARTIAL_ANATOMICAL = "partial_anatomical"
    PARTIAL_FUNCTIONAL = "partial_functional"
    TEMPORARY = "temporary"


WHATS = {
    What.DEATH: _("Died, not because of work: illness, age or any other cause"),
    What.DEATH_AT_WORK: _("Died because of a work accident or an occupational disease"),
    What.TOTAL_DISABILITY: _("Work accident: can never work again (total disability)"),
    What.PARTIAL_ANATOMICAL: _("Work accident: lost a part of the body (partial disability)"),
    What.PARTIAL_FUNCTIONAL: _("Work accident: a part of the body has become weaker (loss of function)"),
    What.TEMPORARY: _("Work accident: cannot work for some months"),
}
WHATS_SHORT = {
    What.DEATH: _("death not because of work"),
    What.DEATH_AT_WORK: _("death because of work"),
    What.TOTAL_DISABILITY: _("total disability"),
    What.PARTIAL_ANATOMICAL: _("loss of a part of the body"),
    What.PARTIAL_FUNCTIONAL: _("loss of function"),
    What.TEMPORARY: _("cannot work for a time"),
}


class Sureness(NamedTuple):
    """How sure a value is: the badge and its meaning."""

    kind: str
    word: Promise
    meaning: Promise


SURENESS = {
    Confidence.REGULATION_TEXT: Sureness(
        "good", _("Read in the regulation"), _("Somebody has read it in the text of the regulation.")
    ),
    Confidence.SECONDARY: Sureness(
        "info", _("Quoted elsewhere"), _("Found where the regulation is quoted: news, offices, BPJS.")
    ),
    Confidence.DECREE: Sureness(
        "info", _("Decree of this place"), _("Set by a decree of the place that runs Salawaku.")
    ),
    Confidence.CHOICE: Sureness(
        "plain", _("Choice of Salawaku"), _("The law is silent; Salawaku chose and says why.")
    ),
    Confidence.MIXED: Sureness(
        "warning", _("Partly from memory"), _("Part of it was not found in writing. A lawyer should confirm it.")
    ),
    Confidence.MEMORY: Sureness(
        "danger", _("From memory"), _("It was not found in writing. A lawyer should confirm it before it is used.")
    ),
}
SUBJECTS = {
    "bpu": _("Contributions of non-wage workers (BPU)"),
    "choice": _("Choices of Salawaku where the law is silent"),
    "claim": _("Claims: papers and deadlines"),
    "gov": _("Duties and budgets of the government"),
    "heirs": _("Heirs"),
    "jakon": _("Construction services (Jakon)"),
    "jkk": _("Benefits of work-accident insurance (JKK)"),
    "jkm": _("Benefits of death insurance (JKM)"),
    "pu": _("Contributions of wage earners (PU)"),
    "relief": _("Reliefs on contributions"),
    "sanctions": _("Sanctions"),
    "scholarship": _("Scholarship of the children"),
}
# Codes that stand as values or as names of cells in the parameter files.
CODES = {
    "JKK": _("JKK: work accident"),
    "JKM": _("JKM: death"),
    "TK_SD": LEVELS[Level.TK_SD],
    "SMP": LEVELS[Level.SMP],
    "SMA": LEVELS[Level.SMA],
    "PT": LEVELS[Level.PT],
    "employer": _("Employer"),
    "worker": _("Worker"),
    "total": _("Together"),
    "central_government": _("Central government"),
    "recomposed_jkk": _("taken from JKK"),
    "recomposed_jkm": _("taken from JKM"),
    "very_low": _("Very low risk"),
    "low": _("Low risk"),
    "medium": _("Medium risk"),
    "high": _("High risk"),
    "very_high": _("Very high risk"),
    "micro": _("Micro business"),
    "small": _("Small business"),
    "medium_large": _("Medium or large business"),
    "land": _("Land"),
    "sea": _("Sea"),
    "air": _("Air"),
    "cap": _("At most"),
    "years": _("Years at most"),
    "hearing_aid": _("Hearing aid"),
    "dentures": _("Dentures"),
    "glasses": _("Glasses"),
    "prosthesis": _("Orthosis or prosthesis"),
    "prosthesis_over_government_price": _("Orthosis or prosthesis, of the government price"),
    "income_from": _("Income from"),
    "income_to": _("Income up to"),
    "base": _("Base"),
    "confidence": _("How sure"),
    "over": _("Above"),
    "up_to": _("Up to"),
    "from_month": _("From month"),
    "to_month": _("To month"),
    "item": _("Part of the body"),
    "pct": _("Percentage"),
    "membership": _("months of membership"),
    "contributed": _("months of contribution"),
    "half_up": _("half a rupiah and more is rounded up"),
    "down": _("rounded down"),
    "exact": _("not rounded"),
    "apbn": _("the state budget (APBN)"),
    "apbd": _("city or province (APBD)"),
    "village_fund": _("the village fund (Dana Desa)"),
    "transport": SECTORS_SHORT[Sector.TRANSPORT],
    "other": SECTORS_SHORT[Sector.OTHER],
    "labour_intensive": SECTORS_SHORT[Sector.LABOUR_INTENSIVE],
    "general": _("as a rule"),
    "exception": _("exception"),
    "first_registration": _("first registration"),
    "reported_with_payment": _("reported with a payment"),
}


def code(name: object) -> str:
    """What a code of the parameter files is called; as it stands when it has no word."""
    found = CODES.get(str(name))
    return str(found) if found is not None else str(name).replace("_", " ")


def said(text: Text) -> str:
    """A text of the law in the language of the page."""
    return text.en if language_now() == "en" else text.id
