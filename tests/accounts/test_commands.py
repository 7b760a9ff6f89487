"""`salawaku administrator`, `salawaku scrub` and `salawaku regions`."""

import json

import pytest
import typer
from typer.testing import CliRunner

from salawaku.accounts import commands as accounts
from salawaku.accounts.models import User
from salawaku.regions import commands as regions
from tests.regions.test_boundaries import collection, feature

app = typer.Typer()
accounts.add_to(app)
app.add_typer(regions.app, name="regions")


def run(*arguments):
    return CliRunner().invoke(app, list(arguments))


class TestAdministrator:
    def test_it_opens_the_first(self, db):
        done = run("administrator", "--email", "a@b.example", "--name", "Ada", "--password", "sagu-lempeng-81")
        assert done.exit_code == 0, done.output
        assert User.objects.get().can_in("people.manage", "81.71")
        again = run("administrator", "--email", "c@b.example", "--name", "Beta", "--password", "sagu-lempeng-81")
        assert again.exit_code == 1

    def test_it_refuses_a_weak_password(self, db):
        assert run("administrator", "--email", "a@b.example", "--name", "Ada", "--password", "12345").exit_code == 1
        assert not User.objects.exists()


def test_scrub_wants_the_name_of_the_copy(sari):
    assert run("scrub", "--database", "production").exit_code == 1
    sari.refresh_from_db()
    assert sari.name == "Sari"


@pytest.mark.django_db(transaction=True)
def test_scrub_says_what_it_changed(sari):
    from django.db import connection

    done = run("scrub", "--database", connection.settings_dict["NAME"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["accounts_user"] == 1


class TestImportBoundaries:
    def test_it_imports(self, sari, tmp_path):
        file = tmp_path / "a.geojson"
        file.write_bytes(collection(feature(), feature("81.01")))
        done = run("regions", "import-boundaries", str(file), "--by", "sari@ambon.example")
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout) == {"regions": 1, "left_out": 1}

    def test_it_refuses(self, sari, tmp_path):
        bad = tmp_path / "b.geojson"
        bad.write_text("?")
        for file, by in ((bad, "sari@ambon.example"), (bad, "x@y.example"), (tmp_path / "no", "sari@ambon.example")):
            assert run("regions", "import-boundaries", str(file), "--by", by).exit_code == 1
