"""OpenFisca beside the law, for comparison only.

OpenFisca is AGPL and never becomes a dependency: it is installed into an environment that is thrown away after, and
runs there in a process of its own. What is timed is what its country template needs for the income tax of persons of
whom the salary is known: it works out a pension from the age besides, which takes most of its time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGES = ("openfisca-country-template~=8.2",)
INSTALL_WITHIN, RUN_WITHIN = 300, 300
PROCESSES = 3  # the memory that a process happens to get can double its times
SCRIPT = """
import sys
import time

import numpy
from openfisca_core.simulations import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem

PERSONS, PERIOD = int(sys.argv[1]), "2015-06"
system = CountryTaxBenefitSystem()
salaries = numpy.random.default_rng(1).integers(0, 25_000, PERSONS)


def seconds():
    simulation = SimulationBuilder().build_default_simulation(system, PERSONS)
    simulation.set_input("salary", PERIOD, salaries)
    start = time.perf_counter()
    taxes = simulation.calculate("income_tax", PERIOD)
    taken = time.perf_counter() - start
    assert len(taxes) == PERSONS and taxes.any()
    return taken


print(min(seconds() for _ in range(3)))
"""


def seconds_of_income_tax(persons: int) -> float | None:
    """The best of three fresh simulations in each of some processes.

    None, with a line on standard error, where OpenFisca cannot be installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            python = _environment(Path(folder))
            told = [_output([python, "-c", SCRIPT, str(persons)], within=RUN_WITHIN) for _ in range(PROCESSES)]
        except (subprocess.SubprocessError, OSError) as trouble:
            print(f"The comparison with OpenFisca was left out: {_reason(trouble)}", file=sys.stderr)
            return None
    return min(float(one) for one in told)


def _environment(folder: Path) -> str:
    """A new environment with OpenFisca in it; its Python."""
    _output([sys.executable, "-m", "venv", str(folder)], within=INSTALL_WITHIN)
    python = str(folder / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    quick = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "15"]
    _output([python, "-m", "pip", "install", *quick, *PACKAGES], within=INSTALL_WITHIN)
    return python


def _output(command: list[str], *, within: int) -> str:
    """What a command prints. SubprocessError when it fails or takes too long."""
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=within).stdout


def _reason(trouble: Exception) -> str:
    """The last line that the command printed, or what else went wrong."""
    lines = str(getattr(trouble, "stderr", None) or trouble).strip().splitlines()
    return lines[-1] if lines else type(trouble).__name__
