"""The settings of the site with what tests need: own folder, cheap passwords, plain static files."""

import hashlib
import os
import tempfile
from pathlib import Path

# One folder per checkout and account, so that two checkouts never share an embedded database.
_checkout = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:8]
_default_home = Path(tempfile.gettempdir()) / f"salawaku-test-{os.getuid()}-{_checkout}"
os.environ.setdefault("SALAWAKU_HOME", str(_default_home))
os.environ["SALAWAKU_REGION"] = "81.71"

from salawaku.settings import *  # noqa: E402, F403
from salawaku.settings import HOME  # noqa: E402

SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = HOME / "test-files"
STATIC_ROOT = HOME / "test-static"
STATIC_ROOT.mkdir(exist_ok=True)
