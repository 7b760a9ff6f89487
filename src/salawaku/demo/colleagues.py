"""The people who log in to the demonstration city. All of them are invented."""

from __future__ import annotations

from typing import NamedTuple

from salawaku.accounts.actions import role_give, user_open
from salawaku.accounts.models import User

PASSWORD = "salawaku-demo"  # noqa: S105 - printed by `make run`, for the demonstration only
DOMAIN = "demo.salawaku.test"
CITY = "81.71"


class Colleague(NamedTuple):
    """A log-in with one role in one place."""

    login: str
    name: str
    role: str
    region_code: str = CITY
    agency_code: str = ""


COLLEAGUES = (
    Colleague("sari", "Sari (petugas program)", "programme_officer"),
    Colleague("budi", "Budi (petugas program, penyetuju)", "programme_officer"),
    Colleague("operator.passo", "Operator Negeri Passo", "village_operator", "81.71.03.2001"),
    Colleague("perikanan", "Petugas Dinas Perikanan", "agency_officer", CITY, "dinas_perikanan"),
    Colleague("bpjs", "Petugas BPJS Ketenagakerjaan", "bpjs_officer"),
    Colleague("keuangan", "Petugas keuangan (BPKAD)", "finance_officer"),
    Colleague("pemeriksa", "Pemeriksa Inspektorat", "auditor"),
    Colleague("pimpinan", "Pimpinan", "leader"),
    Colleague("admin", "Administrator sistem", "system_administrator"),
)


def open_accounts() -> dict[str, User]:
    """Open the accounts that are not there yet; answers all of them by log-in name."""
    return {colleague.login: _open(colleague) for colleague in COLLEAGUES}


def _open(colleague: Colleague) -> User:
    email = f"{colleague.login}@{DOMAIN}"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = user_open(by=None, email=email, name=colleague.name, password=PASSWORD)
        role_give(
            by=None,
            user=user,
            role=colleague.role,
            region_code=colleague.region_code,
            agency_code=colleague.agency_code,
        )
    return user


def log_ins() -> str:
    """What `make run` prints."""
    width = max(len(colleague.login) for colleague in COLLEAGUES) + len(DOMAIN) + 1
    lines = [f"  {colleague.login + '@' + DOMAIN:<{width}}  {colleague.name}" for colleague in COLLEAGUES]
    return "\n".join([f"Kata sandi untuk semua / password for all: {PASSWORD}", *lines])
