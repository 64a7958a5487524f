"""All settings, in one file. What differs between places comes from the environment (docs/operations.md lists it).

Three situations, told apart by closed rules rather than by a switch that someone forgets:

- *this machine only* (the default): answers to localhost alone, makes its own keys in var/;
- *demo* (`IMT_DEMO=1`, set by `make run`): the same, without a second factor, with weaker passwords;
- *served to others*: as soon as `ALLOWED_HOSTS` names anything but this machine. Then keys must be given, the
  connection must be HTTPS and cookies are locked to it. Keys must be given, too, as soon as the database is elsewhere.
"""

import base64
import binascii
import os
import secrets
import socket
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env.str("IMT_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR.mkdir(mode=0o700, parents=True, exist_ok=True)

# --- Where are we? ---------------------------------------------------------------------------------------------

LOOPBACK = {"localhost", "127.0.0.1", "::1", "[::1]", "testserver"}

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("IMT_DEMO", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SERVED = not DEMO and not set(ALLOWED_HOSTS) <= LOOPBACK

# Where people open the program: mails lead there.
_here = f"http://localhost:{env.str('PORT', default='8000')}"
SITE_ADDRESS = env.str("SITE_ADDRESS", default=f"https://{ALLOWED_HOSTS[0]}" if SERVED else _here).rstrip("/")

if SERVED and DEBUG:
    raise ImproperlyConfigured("DEBUG shows settings and data to strangers: not with ALLOWED_HOSTS beyond this machine")

# --- Database --------------------------------------------------------------------------------------------------


def _sqlite(name):
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        # IMMEDIATE: with the default mode 1,519 of 1,600 concurrent read-then-write transactions failed, so none
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # recursive triggers: without them REPLACE INTO deletes past the triggers that refuse it
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON",
        },
        # a file, for shared-cache memory ignores the time-out and fails races
        "TEST": {"NAME": str(VAR / "test.sqlite3")},
    }


def _postgresql(database):
    # Commands (imports, migrations) take as long as they take; a page or a task that does is cut off.
    limited = Path(sys.argv[0]).name != "manage.py"
    statement = env.int("IMT_STATEMENT_SECONDS", default=30 if limited else 0)
    idle = env.int("IMT_IDLE_IN_TRANSACTION_SECONDS", default=60 if limited else 0)
    limits = {
        "statement_timeout": statement,
        "lock_timeout": env.int("IMT_LOCK_SECONDS", default=10),
        "idle_in_transaction_session_timeout": idle,
    }
    options = " ".join(f"-c {name}={seconds * 1000}" for name, seconds in limits.items())
    return {
        **database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "options": options, **database.get("OPTIONS", {})},
    }


def _database():
    if "DATABASE_URL" not in os.environ:
        return _sqlite(str(VAR / "imt.sqlite3"))
    database = env.db_url("DATABASE_URL")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return _sqlite(database["NAME"])
    if database["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"DATABASE_URL must be PostgreSQL or SQLite, not {database['ENGINE']}")
    return _postgresql(database)


def _is_elsewhere(database):
    host = database.get("HOST") or database["OPTIONS"].get("host", "")
    return bool(host) and not host.startswith("/") and host not in LOOPBACK


DATABASES = {"default": _database()}
DATABASE_IS_ELSEWHERE = _is_elsewhere(DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DEMO and DATABASE_IS_ELSEWHERE:
    raise ImproperlyConfigured("IMT_DEMO asks for no second factor: refused with a database on another host")

# --- Secrets ---------------------------------------------------------------------------------------------------

SECRETS_MUST_BE_GIVEN = SERVED or DATABASE_IS_ELSEWHERE


def _secret(name, file_name, make):
    """The environment's value; on this machine only, one made on the first start and kept in var/ (mode 600)."""
    if env.str(name, default=""):
        return env.str(name)
    if SECRETS_MUST_BE_GIVEN:
        raise ImproperlyConfigured(
            f"{name} must be set: this installation is served to others or its data is elsewhere"
        )
    path = VAR / file_name
    if not path.exists():
        # written beside and linked into place: of two first starts at once one wins and both read the same
        draft = VAR / f".{file_name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(make() + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def _field_keys(text):
    """`id:base64,id:base64` → {id: 32 bytes}, in that order: the first encrypts, all decrypt."""
    keys = {}
    for pair in text.split(","):
        key_id, _colon, encoded = pair.strip().partition(":")
        try:
            keys[key_id] = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise ImproperlyConfigured(f"IMT_FIELD_KEYS: key “{key_id}” is not base64") from error
        if not key_id or len(keys[key_id]) != 32:
            raise ImproperlyConfigured("IMT_FIELD_KEYS must be id:base64 pairs of 32 bytes each, with commas between")
    return keys


def _new_field_key():
    return f"local-{secrets.token_hex(3)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


SECRET_KEY = _secret("SECRET_KEY", "secret_key", lambda: secrets.token_urlsafe(50))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = _field_keys(_secret("IMT_FIELD_KEYS", "field_keys", _new_field_key))

# The password of the demo's people: given, else made on the first start. Elsewhere there are no such people.
DEMO_PASSWORD = (
    "" if SECRETS_MUST_BE_GIVEN else _secret("DEMO_PASSWORD", "demo_password", lambda: secrets.token_urlsafe(9))
)

# --- Applications ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "imt.apps.ImtConfig",
    "imt.audit",
    "imt.accounts",
    "employers",
    "apprentices",
    "reports",
    "imt.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's list of security keys asks for it
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "imt.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "imt.middleware.audit_origin",
    "imt.accounts.middleware.session_limits",
    "imt.accounts.middleware.own_language",
    "employers.middleware.tablet_sessions",
    "imt.accounts.middleware.second_factor",
]

ROOT_URLCONF = "imt.urls"
WSGI_APPLICATION = "imt.wsgi.application"
ASGI_APPLICATION = "imt.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "imt.views.rooms",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- Language and time -----------------------------------------------------------------------------------------

TIME_ZONE = env.str("IMT_TIME_ZONE", default="America/Chicago")
USE_TZ = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Signing in ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["imt.accounts.backends.PersonBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

# Functions of a user: who must have a second factor outside a demo.
SECOND_FACTOR_REQUIRED_FOR = ["imt.accounts.permissions.has_house_role", "employers.permissions.has_membership"]

# The rooms, by the names of their addresses, that badge and PIN open at a paired tablet: one's own hours and logging
# for the crew. Nothing that decides, invites, imports or shows somebody's person (docs/decisions/0010).
OPEN_AT_A_TABLET = {
    "crew_week",
    "crew_zero",
    "entry_history",
    "my_hours",
    "my_progress",
    "my_typed_weeks",
    "my_week",
    "my_week_zero",
    "notices",
    "typed_weeks",
    "week",
    "week_zero",
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_validation = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _validation + "MinimumLengthValidator", "OPTIONS": {"min_length": 8 if DEMO else 15}},
    {"NAME": _validation + "CommonPasswordValidator"},
    {
        "NAME": _validation + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]

ACCOUNT_ADAPTER = "imt.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from staff, not from strangers
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody has this program write to strangers
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 30 * 60
ACCOUNT_SESSION_REMEMBER = None  # asked at the sign-in; for how long: imt/accounts/middleware.py
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or factor is told to its owner
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/ip,10/5m/key"}
MFA_ADAPTER = "imt.accounts.adapter.MFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "IMT"
MFA_TRUST_ENABLED = True  # a device remembered: the second factor is asked for again after 30 days
MFA_TRUST_COOKIE_AGE = 30 * 24 * 60 * 60
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SERVED

# --- Sessions, cookies, headers --------------------------------------------------------------------------------

SESSION_COOKIE_NAME = "__Host-session" if SERVED else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SERVED else "csrf"
LANGUAGE_COOKIE_NAME = "__Host-language" if SERVED else "language"
MFA_TRUST_COOKIE_NAME = "__Host-trusted" if SERVED else "trusted"
TABLET_COOKIE_NAME = "__Host-tablet" if SERVED else "tablet"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 30 * 24 * 60 * 60

SECURE_SSL_REDIRECT = SERVED
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SERVED else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SERVED
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list(
    "CSRF_TRUSTED_ORIGINS", default=[f"https://{host}" for host in ALLOWED_HOSTS if SERVED and host != "*"]
)

# How many proxies of ours stand before the web process. Their headers are believed, and nobody else's.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # bootstrap's icons are data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Cache: in the database, so that an emptied Redis lifts no limit on failed sign-ins -------------------------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 10},
    }
}

# --- Files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR / "static")))
MEDIA_ROOT = VAR / "files"
WHITENOISE_USE_FINDERS = not SERVED
if not SERVED:
    STATIC_ROOT.mkdir(exist_ok=True)  # stays empty: the files are served from where they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if SERVED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Mail ------------------------------------------------------------------------------------------------------

if "EMAIL_URL" in os.environ:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="imt@localhost")

# --- Queue -----------------------------------------------------------------------------------------------------


def _queue_socket():
    """Where the embedded broker listens. A socket's path holds 107 bytes: below a deep folder it stands in the
    machine's temporary folder, in one of its own that is named after var/."""
    path = VAR / "queue.sock"
    if len(os.fsencode(path)) <= 100:
        return path
    return Path(tempfile.gettempdir()) / f"imt-{sha256(os.fsencode(VAR)).hexdigest()[:16]}" / "queue.sock"


def _answers(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
    return True


QUEUE_SOCKET = _queue_socket()
NO_BROKER = "memory://localhost/"  # a place without a name would be warned of


def _broker():
    """REDIS_URL, else the embedded broker where it lives, else none: tasks then run where they are asked for."""
    if env.str("REDIS_URL", default=""):
        return env.str("REDIS_URL")
    return f"redis+socket://{QUEUE_SOCKET}" if _answers(QUEUE_SOCKET) else NO_BROKER


CELERY_BROKER_URL = _broker()
CELERY_TASK_ALWAYS_EAGER = CELERY_BROKER_URL == NO_BROKER
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A killed task comes back after 12 s with these, after 93 s or never without; a hung broker blocks for a second, and
# one that is away not at all: kombu would try again for six, on the page's time. (Workers go on trying by themselves.)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
}
# below the visibility time-out, else a slow task would be given out twice; longer work is cut into chunks
CELERY_TASK_TIME_LIMIT = 100
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # a message that nobody takes within the interval is dropped: the next sweep says the same
    "sweep": {"task": "reports.refresh_progress", "schedule": 30, "options": {"expires": 30}},
    "notices": {"task": "accounts.send_notices", "schedule": 30, "options": {"expires": 30}},
    "hour files": {"task": "apprentices.take_up_hour_files", "schedule": 30, "options": {"expires": 30}},
    # mornings of all time zones; told once however often it asks
    "reminders": {"task": "apprentices.remind", "schedule": crontab(minute="*/30"), "options": {"expires": 1500}},
    "nightly check": {"task": "reports.check_ledger", "schedule": crontab(hour=2, minute=15)},
}

# --- Logs ------------------------------------------------------------------------------------------------------

DJANGO_STRUCTLOG_CELERY_ENABLED = True
_processors = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_processors,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
_renderers = {
    "lines": [structlog.dev.ConsoleRenderer(colors=False)],
    "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()],
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        name: {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _processors,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        }
        for name, last in _renderers.items()
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if SERVED else "lines"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO" if SERVED else "WARNING")},
    # Django's own handlers write to the same stream: once is enough
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
