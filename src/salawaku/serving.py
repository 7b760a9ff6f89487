"""The site and the job worker as processes of one command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any

from gunicorn.app.base import BaseApplication

from salawaku.wsgi import application

PAUSE = 5  # seconds before a worker that ended is started again


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
    """Start the worker again whenever it ends; a job that was under way is taken up again.

    The worker ends with this process however that ends: then nobody holds the other end of its standard input.
    """
    while True:
        subprocess.Popen([sys.executable, "-m", "salawaku.serving"], stdin=subprocess.PIPE).wait()
        time.sleep(PAUSE)


def work() -> None:
    """Work off jobs; those that a killed worker left are put back first."""
    from salawaku.intake.jobs import requeue_abandoned, run_worker

    requeue_abandoned()
    run_worker()


def _end_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work()
