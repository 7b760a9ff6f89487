"""Writing to the register."""

from __future__ import annotations

from django.db import transaction

from salawaku.accounts.models import Agency
from salawaku.registry.models import Occupation
from salawaku.registry.tables import RISKS, agency_table, occupation_table


@transaction.atomic
def load_code_lists() -> None:
    """Bring the shipped occupations and agencies into the database; again changes nothing.

    Reference data of the release, not a person's decision: `salawaku setup` runs it.
    """
    Agency.objects.bulk_create(
        [
            Agency(code=row["opd_id"], name=row["name_kota_ambon_expected"], role_note=row["role_in_collection"])
            for row in agency_table().iter_rows(named=True)
        ],
        ignore_conflicts=True,
    )
    Occupation.objects.bulk_create(
        [_occupation(row) for row in occupation_table().iter_rows(named=True)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_id", "name_en", "agency_code", "transport", "vulnerable", "risk"],
    )


def _occupation(row: dict[str, str]) -> Occupation:
    return Occupation(
        code=row["id"],
        name_id=row["name_id"],
        name_en=row["name_en"],
        agency_code=row["opd_owner"],
        transport=row["kbli2025_section"] == "H",
        vulnerable=row["vulnerable"] == "yes",
        risk=RISKS[row["risk_tier_assumed"]],
    )
