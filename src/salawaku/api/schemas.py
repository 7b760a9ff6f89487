"""The shapes of what the machine interface answers. Numbers that identify are text."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ninja import Schema


class Health(Schema):
    """The site is up and its database answers."""

    status: str


class RegionOut(Schema):
    """A province, regency, district or village."""

    code: str
    parent_code: str
    level: int
    kind: str
    name: str


class WorkerOut(Schema):
    """A worker in a list; the NIK is masked."""

    public_id: UUID
    nik: str
    name: str
    birth_date: date
    sex: str
    village_code: str
    agency_code: str
    occupation: str | None
    status: str


class WorkerDetail(WorkerOut):
    """A worker alone; the NIK is whole if that was asked for and allowed."""

    birth_place: str
    address: str
    participant_number: str
    welfare_decile: int | None
    died_on: date | None
    proposed_on: date


class WorkerPage(Schema):
    """A page of workers; `next` is the id to ask for with `after`, null on the last page."""

    workers: list[WorkerOut]
    next: UUID | None


class CoverageOut(Schema):
    """One village: people with a running membership, in the register, and seats of the day's programmes."""

    village_code: str
    name: str
    kind: str
    covered: int
    registered: int
    quota: int


class CoveragePage(Schema):
    """The day the figures stand for, and the villages."""

    as_of: date
    villages: list[CoverageOut]
