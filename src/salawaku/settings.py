"""Django settings: one file, read from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
import pghistory
from csp.constants import NONCE, SELF

from salawaku import home


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no setting from the environment; anything but 1/0/true/false/yes/no is an error."""
    value = os.environ.get(name, str(default)).lower()
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return known[value]


PACKAGE = Path(__file__).resolve().parent
HOME = home.home()
SECRET_KEY = home.secret_key()
DEBUG = flag("SALAWAKU_DEBUG")
HTTPS = flag("SALAWAKU_HTTPS")
ALLOWED_HOSTS = os.environ.get("SALAWAKU_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]
# The address under which people reach the site, for links in letters and calendars.
SITE_URL = os.environ.get("SALAWAKU_URL", f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}")
HOME_REGION = os.environ.get("SALAWAKU_REGION", "81.71")

INSTALLED_APPS = [
    "salawaku.accounts",
    "salawaku.regions",
    "salawaku.registry",
    "salawaku.intake",
    "salawaku.programmes",
    "salawaku.cover",
    "salawaku.exchange",
    "salawaku.sponsors",
    "salawaku.notices",
    "salawaku.web",
    "salawaku.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "salawaku.accounts.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "salawaku.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "salawaku.accounts.middleware.NulFormMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "salawaku.accounts.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "salawaku.urls"
WSGI_APPLICATION = "salawaku.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    }
]

# The address names the owner of the tables; every connection at once becomes the ordinary role that owns
# nothing (accounts/dbrole.py), so that row-level security holds.
DATABASES = {"default": dj_database_url.parse(home.database_url(), conn_max_age=600)}
DATABASE_ROLE = os.environ.get("SALAWAKU_DB_ROLE", "salawaku_app")

# History is found by the person it is about; an index on its other references only costs time.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are opened by an administrator, never by sign-up
ACCOUNT_ADAPTER = "salawaku.accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}  # axes counts per person, in the database, and comes first
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "salawaku.accounts.logins.typed_address"
ACCOUNT_SESSION_REMEMBER = True  # the session's age is the rule; nobody is asked
AXES_LOCKOUT_TEMPLATE = "account/lockout.html"
CSRF_FAILURE_VIEW = "salawaku.web.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("SALAWAKU_TIME_ZONE", "Asia/Jayapura")
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "salawaku.intake.uploads.SizeGuard",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Without a mail server mail is printed where `serve` runs, and notices stay on their page.
EMAIL_HOST = os.environ.get("SALAWAKU_EMAIL_HOST", "")
EMAIL_BACKEND = os.environ.get(
    "SALAWAKU_EMAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
)
EMAIL_HOST = EMAIL_HOST or "localhost"
EMAIL_PORT = int(os.environ.get("SALAWAKU_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SALAWAKU_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SALAWAKU_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("SALAWAKU_EMAIL_STARTTLS")
EMAIL_USE_SSL = flag("SALAWAKU_EMAIL_TLS")
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("SALAWAKU_EMAIL_FROM", f"salawaku@{ALLOWED_HOSTS[0]}")

# Messages of our own name ids and counts, never persons; request bodies are never logged. What slips through
# is blotted out (accounts/logs.py).
DEFAULT_EXCEPTION_REPORTER = "salawaku.accounts.logs.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "salawaku.accounts.logs.ReportFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "salawaku.accounts.logs.BlotFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("SALAWAKU_LOG_LEVEL", "WARNING")},
}
