"""The habits of the house, read from the code itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "salawaku"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
# Money is whole rupiah and exact fractions. The map and the charts draw with floats; they are not money.
MONEY = ("law", "programmes", "cover", "sponsors", "claims")
ACTIONS = [path for path in FILES if "actions" in path.relative_to(SOURCE).parts or path.name == "actions.py"]
# Reference data of the release is nobody's decision; a plan is made to be looked at and thrown away.
WITHOUT_AUTHOR = {
    "load_roles", "load_regions", "load_code_lists", "allocation_plan", "allocation_optimum", "bridging_plan",
}  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text()) for path in FILES}


def found(trees, paths, wrong):
    return [
        f"{name_of(path)}:{node.lineno}"
        for path in paths
        for node in ast.walk(trees[path])
        if hasattr(node, "lineno") and wrong(node)
    ]


def calls(node: ast.AST, *names: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    return any(called == name or called.endswith(f".{name}") for name in names)


def test_there_is_code_to_read():
    assert len(FILES) > 50
    assert len(ACTIONS) >= 4


def test_no_file_is_too_long():
    long = {name_of(path): lines for path in FILES if (lines := len(path.read_text().splitlines())) > LONGEST_FILE}
    assert long == {}


def test_no_function_is_too_long(trees):
    long = [
        f"{name_of(path)}: {node.name} ({node.end_lineno - node.lineno + 1})"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_folder_of_code_is_a_package():
    assert [name_of(path) for path in FILES if not (path.parent / "__init__.py").exists()] == []


def test_no_float_where_money_is_counted(trees):
    paths = [path for path in FILES if path.relative_to(SOURCE).parts[0] in MONEY]

    def is_float(node: ast.AST) -> bool:
        return (isinstance(node, ast.Constant) and isinstance(node.value, float)) or calls(
            node, "float", "FloatField", "round"
        )

    assert found(trees, paths, is_float) == []


def test_no_money_column_is_a_float(db):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('real', 'double precision', 'money') AND table_name !~ '^(axes|procrastinate)_'"
        )
        assert cursor.fetchall() == []


def test_no_naive_time(trees):
    def is_naive(node: ast.AST) -> bool:
        return calls(
            node, "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "utcfromtimestamp"
        ) and not (node.args or node.keywords)

    assert found(trees, FILES, is_naive) == []


def test_nothing_catches_everything(trees):
    def catches_all(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        caught = ast.unparse(node.type) if node.type else "everything"
        reraises = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(node))
        return caught in {"everything", "Exception", "BaseException"} and not reraises

    assert found(trees, FILES, catches_all) == []


def test_no_wildcard_import(trees):
    assert (
        found(trees, FILES, lambda node: isinstance(node, ast.ImportFrom) and any(n.name == "*" for n in node.names))
        == []
    )


def public_functions(tree: ast.Module):
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def writes(node: ast.FunctionDef) -> bool:
    return any("transaction.atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def test_every_action_says_by_whom(trees):
    silent = []
    for path in ACTIONS:
        for node in public_functions(trees[path]):
            names = [arg.arg for arg in node.args.kwonlyargs]
            if writes(node) and node.name not in WITHOUT_AUTHOR and "by" not in names:
                silent.append(f"{name_of(path)}: {node.name}")
    assert silent == []


def test_actions_take_names_not_positions(trees):
    loose = [
        f"{name_of(path)}: {node.name}"
        for path in ACTIONS
        for node in public_functions(trees[path])
        if writes(node) and node.name not in WITHOUT_AUTHOR and (node.args.args or node.args.posonlyargs)
    ]
    assert loose == []


def test_only_the_trail_writes_the_trail(trees):
    def writes_trail(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "AuditEvent", "AuditEvent.objects.create", "AuditEvent.objects.bulk_create",
        }  # fmt: skip

    assert found(trees, FILES, writes_trail) == []


def test_power_is_taken_back_in_few_places(trees):
    """as_owner() passes by row-level security: each new place is a decision. A bench owns the database it makes."""
    allowed = {"accounts/dbrole.py", "accounts/scrub.py", "setting_up.py", "demo/city.py"}
    shipped = [path for path in FILES if path.relative_to(SOURCE).parts[0] != "bench"]
    used = {name_of(path) for path in shipped if any(calls(node, "as_owner") for node in ast.walk(trees[path]))}
    assert used - allowed == set()


def test_rooms_import_downwards_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache", "--config", ROOT / "pyproject.toml"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
