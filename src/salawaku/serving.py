"""The site and the job worker as processes of one command."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

from gunicorn.app.base import BaseApplication

from salawaku.wsgi import application


class Site(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with a few threads: enough for a city."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand our options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        return application


def serve(*, host: str, port: int) -> None:
    """Serve the site on host:port with a job worker beside it, until interrupted."""
    threading.Thread(target=_keep_working, daemon=True).start()
    print(f"Salawaku: http://{host}:{port}", file=sys.stderr)
    Site(
        {
            "bind": f"{host}:{port}",
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "timeout": 120,
            "loglevel": "warning",
            "proc_name": "salawaku",
        }
    ).run()


def _keep_working() -> None:
    """Start the worker again whenever it ends; a job that was under way is taken up again."""
    while True:
        subprocess.run([sys.executable, "-m", "salawaku", "worker"], check=False)


def work() -> None:
    """Work off jobs; those that a killed worker left are put back first."""
    from salawaku.intake.jobs import requeue_abandoned, run_worker

    requeue_abandoned()
    run_worker()
