"""Every model of ours says which of its fields are about a person, and how each is made harmless in a copy."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from salawaku.accounts.policies import scoped_tables
from salawaku.accounts.scrub import EMPTIED, RULES

OURS = [model for model in apps.get_models() if model.__module__.startswith("salawaku.")]
DECLARING = [model for model in OURS if not hasattr(model, "pgh_tracked_model")]
# Words in a field's name that nearly always mean a person; a field so called is declared or excused here.
TELLING = ("nik", "name", "birth", "address", "phone", "email", "family", "heir", "income", "raw", "password")
EXCUSED = {
    "accounts.agency.name", "accounts.role.name_id", "accounts.role.name_en", "regions.region.name",
    "registry.occupation.name_id", "registry.occupation.name_en", "programmes.programme.name",
    "programmes.purse.name", "programmes.decreefile.name", "cover.payment.file_name",
    "cover.reconciliation.file_name", "exchange.registrationfile.name", "exchange.matchbatch.with_name",
    "exchange.matchbatch.with_birth_date",
}  # fmt: skip
BLANKABLE = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)


@pytest.mark.parametrize("model", DECLARING, ids=lambda model: model._meta.label)
class TestEachModel:
    def test_it_declares(self, model):
        assert "PERSONAL" in vars(model), "say PERSONAL = {} if it holds nothing about a person"

    def test_each_field_exists_and_each_rule_is_known(self, model):
        names = {field.name for field in model._meta.get_fields()}
        assert set(model.PERSONAL) <= names
        assert set(model.PERSONAL.values()) <= set(RULES)

    def test_each_rule_fits_its_field(self, model):
        for name, rule in model.PERSONAL.items():
            field = model._meta.get_field(name)
            if rule == "year_only":
                assert isinstance(field, models.DateField), name
            elif rule == "blank":
                assert field.null or isinstance(field, BLANKABLE), name
            else:
                assert isinstance(field, models.CharField | models.TextField), name

    def test_a_telling_name_is_declared(self, model):
        for field in model._meta.fields:
            if any(word in field.name.split("_") for word in TELLING) and not field.is_relation:
                label = f"{model._meta.label_lower}.{field.name}"
                assert field.name in model.PERSONAL or label in EXCUSED, label


def test_a_table_with_persons_is_scoped():
    people = {
        "accounts_user", "accounts_auditevent", "accounts_apitoken", "programmes_decree", "programmes_agreement",
        "programmes_freezing", "notices_noticepreference", "notices_calendarfeed", "programmes_allocation",
        "cover_paymentorder",
    }  # fmt: skip
    personal = {model._meta.db_table for model in DECLARING if model.PERSONAL}
    assert personal - people - set(scoped_tables()) == set()


@pytest.mark.django_db
def test_what_is_emptied_exists():
    from django.db import connection

    assert set(EMPTIED) <= set(connection.introspection.table_names())
