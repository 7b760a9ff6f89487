"""The words in which the law sorts cases: whose work, which programme, whose money, what happened."""

from __future__ import annotations

from enum import Enum


class Segment(Enum):
    """How somebody takes part: wage earner, non-wage worker, construction services."""

    PU = "PU"
    BPU = "BPU"
    JAKON = "JAKON"


class Program(Enum):
    """The five insurances: work accident, death, old age, pension, loss of job."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"
    JP = "JP"
    JKP = "JKP"


class Sector(Enum):
    """What the reliefs ask about the work."""

    TRANSPORT = "transport"
    LABOUR_INTENSIVE = "labour_intensive"
    OTHER = "other"


class Payer(Enum):
    """Whose money pays; the relief of PP 50/2025 depends on it."""

    SELF = "self"
    EMPLOYER = "employer"
    APBN = "apbn"
    APBD = "apbd"
    VILLAGE_FUND = "village_fund"
    CSR = "csr"
    FOSTER = "foster"


class RiskGroup(Enum):
    """The five groups of work-accident risk of wage earners."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Share(Enum):
    """Who bears a line of a contribution."""

    EMPLOYER = "employer"
    WORKER = "worker"
    PARTICIPANT = "participant"
    CONTRACTOR = "contractor"
    GOVERNMENT = "government"


class Item(Enum):
    """What a line of a benefit is for."""

    DEATH_GRANT = "death_grant"
    PERIODIC_LUMP = "periodic_lump"
    BURIAL = "burial"
    SCHOLARSHIP = "scholarship"
    DISABILITY_GRANT = "disability_grant"
    TEMPORARY_DISABILITY = "temporary_disability"
    TRANSPORT = "transport"
    MEDICAL = "medical"
    HOME_CARE = "home_care"
    REHABILITATION = "rehabilitation"
    BALANCE = "balance"


class Outcome(Enum):
    """How an accident ended."""

    DEATH = "death"
    TOTAL_DISABILITY = "total_disability"
    PARTIAL_ANATOMICAL = "partial_anatomical"
    PARTIAL_FUNCTIONAL = "partial_functional"
    TEMPORARY = "temporary"


class Level(Enum):
    """Where a child learns: kindergarten or primary, lower secondary, upper secondary, university or training."""

    TK_SD = "TK_SD"
    SMP = "SMP"
    SMA = "SMA"
    PT = "PT"


class Event(Enum):
    """What happened."""

    DEATH = "death"
    ACCIDENT = "accident"


class Cause(Enum):
    """Whether a death came from work."""

    WORK = "work"
    OTHER = "other"
