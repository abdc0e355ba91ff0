"""Settings of the portal, in one file. Everything that differs per installation comes from the environment.

`.env` in the project folder is read when it is there (see `.env.example`). Without DATABASE_URL the portal uses the
servers that `./portaal start` supervises: their addresses stand in `.data/servers.json` for as long as they run.
"""

import sys
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import mappen, sleutels
from config.logging import log_config

BASE_DIR = mappen.BASIS
env = environ.Env()
if mappen.ENV_BESTAND.exists():
    env.read_env(mappen.ENV_BESTAND)

PROEF = env.bool("PORTAAL_PROEF", False)  # set by config/proefservers.py: cheap hashes, plain static files
DEBUG = env.bool("DEBUG", False)

# --- Database and broker -----------------------------------------------------------------------------------------
# INGEBOUWD is true only for the database in .data: demo accounts exist there and nowhere else.
INGEBOUWD = "DATABASE_URL" not in env.ENVIRON
_SERVERS = mappen.lees_servers() if INGEBOUWD else {}
_DATABASE_URL = _SERVERS.get("DATABASE_URL") or env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "") or _SERVERS.get("REDIS_URL", "")
# The type checker reads settings and never connects; neither do the commands of the message layer.
ZONDER_SERVERS = {"iwmo_controleer", "iwmo_docs", "iwmo_schemas"}
if not (_DATABASE_URL and REDIS_URL) and ("mypy" in sys.modules or ZONDER_SERVERS & set(sys.argv[1:2])):
    _DATABASE_URL, REDIS_URL = "postgresql://127.0.0.1/geen", "redis://127.0.0.1/0"
if not (_DATABASE_URL and REDIS_URL):
    raise ImproperlyConfigured(
        "Geen database of broker: start het portaal met ./portaal start, of zet DATABASE_URL en REDIS_URL in .env."
    )

DATABASES: dict[str, Any] = {"default": environ.Env.db_url_config(_DATABASE_URL)}
_database = DATABASES["default"]
if _database["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured(
        "DATABASE_URL moet naar PostgreSQL wijzen (postgresql://...); andere databases kan het portaal niet gebruiken."
    )
_database.setdefault("OPTIONS", {})
# A pool only where threads of one process share it (the web server); it may not be carried over a fork.
# Its own default waits 30 s for a dead database: five is what a person accepts before an error page.
if env.bool("DATABASE_POOL", False):
    _database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.int("DATABASE_POOL_MAX", 8), "timeout": 5}
else:
    _database["OPTIONS"].setdefault("connect_timeout", 5)
    _database["CONN_MAX_AGE"] = 0 if PROEF else 60
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One Redis or Valkey serves broker, results, cache and sessions; the prefix keeps test workers apart.
REDIS_PREFIX = env.str("REDIS_PREFIX", "wmo") + "-"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX + "cache",
        "OPTIONS": {"socket_connect_timeout": 3, "socket_timeout": 5},
    }
}

# --- Keys (docs/beheer/sleutels.md) -------------------------------------------------------------------------------
SECRET_KEY = sleutels.geef("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
VERSLEUTEL_SLEUTELS = sleutels.geef("VERSLEUTEL_SLEUTELS").split(",")  # the first encrypts, all of them decrypt
ZOEKSLEUTEL = sleutels.geef("ZOEKSLEUTEL")

# --- Web ----------------------------------------------------------------------------------------------------------
# One setting says whether TLS stands in front. `./portaal start` on its own database and plain 127.0.0.1 turns it off.
TLS_ERVOOR = env.bool("TLS_ERVOOR", True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS_ERVOOR
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/$"]  # the machine's own probe speaks plain HTTP
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if TLS_ERVOOR else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.bool("HSTS_SUBDOMEINEN", TLS_ERVOOR)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TLS_ERVOOR else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "config.errors.handler403"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # NL Design System draws some marks as data: images
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

INSTALLED_APPS = [
    "wmo",
    "wachtlijst",
    "declaraties",
    "berichten",
    "config.referentie.ReferentieConfig",  # Django's admin with our door in front of it
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.aanmelden.InactiviteitMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wmo.middleware.AanstellingMiddleware",
    "wmo.middleware.NulMiddleware",
    "wmo.middleware.ConceptMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wmo.context.portaal",
            ]
        },
    }
]

# --- Signing in ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "wmo.Gebruiker"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if PROEF:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.aanmelden.Adapter"
ACCOUNT_FORMS = {"login": "wmo.forms.inloggen.InlogForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by a beheerder, never by signing up
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,50/15m/ip"}  # five tries for an account, then a quarter of an hour
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TLS_ERVOOR else 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wmo-portaal"

# Sessions live in Redis and slide: thirty minutes without a request of the person ends them.
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = USE_I18N = True
USE_THOUSAND_SEPARATOR = False

# --- Files --------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = mappen.STATISCH
STATICFILES_DIRS = [BASE_DIR / "static", mappen.FRONTEND]
mappen.FRONTEND.mkdir(parents=True, exist_ok=True)
mappen.STATISCH.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PROEF or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
LETTERTYPEN = mappen.LETTERTYPEN  # TTF files for typst (letters)
BERICHTEN_MAP = env.path("BERICHTEN_MAP", default=str(mappen.DATA / "berichten"))  # folder transport
BERICHT_MAX_MB = env.int("BERICHT_MAX_MB", 250)  # bound of that road; an envelope through the GGk holds at most 25 MB
# The knooppunt (docs/beheer/koppelingen.md). Our own certificate opens their door; theirs, by fingerprint, opens ours.
BERICHTEN_TRANSPORT = env.str("BERICHTEN_TRANSPORT", "bestand")
GGK_ENDPOINT, GGK_CERTIFICAAT = env.str("GGK_ENDPOINT", ""), env.str("GGK_CERTIFICAAT", "")
GGK_SLEUTEL, GGK_CA = env.str("GGK_SLEUTEL", ""), env.str("GGK_CA", "")
GGK_WACHTTIJD = env.float("GGK_WACHTTIJD", 30.0)  # seconds for the answer; the row is locked for as long
GGK_CERTIFICAATKOP = env.str("GGK_CERTIFICAATKOP", "")  # header in which the TLS front passes on the certificate
GGK_VERTROUWD = env.list("GGK_VERTROUWD", default=[])  # SHA-256 of the certificates that may deliver; empty: nobody
if BERICHTEN_TRANSPORT not in ("bestand", "ggk"):
    raise ImproperlyConfigured("BERICHTEN_TRANSPORT is bestand of ggk.")
if BERICHTEN_TRANSPORT == "ggk" and not (GGK_ENDPOINT.startswith("https://") and GGK_CERTIFICAAT and GGK_SLEUTEL):
    raise ImproperlyConfigured(
        "Voor BERICHTEN_TRANSPORT=ggk zijn GGK_ENDPOINT (https), GGK_CERTIFICAAT en GGK_SLEUTEL nodig."
    )
# VECOZO, for the aanbieders for whom the portal makes the messages; what it calls them is told when one connects
VECOZO_ADRES, VECOZO_CERTIFICAAT = env.str("VECOZO_ADRES", ""), env.str("VECOZO_CERTIFICAAT", "")
VECOZO_SLEUTEL, VECOZO_CA = env.str("VECOZO_SLEUTEL", ""), env.str("VECOZO_CA", "")
VECOZO_WACHTTIJD = env.float("VECOZO_WACHTTIJD", 30.0)  # seconds for an answer
VECOZO_BERICHTTYPE, VECOZO_BERICHTSUBTYPE = env.str("VECOZO_BERICHTTYPE", ""), env.str("VECOZO_BERICHTSUBTYPE", "")
VECOZO_ROL_AANBIEDER, VECOZO_ROL_GEMEENTE = env.str("VECOZO_ROL_AANBIEDER", ""), env.str("VECOZO_ROL_GEMEENTE", "")
VECOZO_ACTIE = env.str("VECOZO_ACTIE", "")
if VECOZO_ADRES and not (
    VECOZO_ADRES.startswith("https://")
    and VECOZO_CERTIFICAAT
    and VECOZO_SLEUTEL
    and VECOZO_BERICHTTYPE
    and VECOZO_ACTIE
    and VECOZO_ROL_AANBIEDER
    and VECOZO_ROL_GEMEENTE
):
    raise ImproperlyConfigured(
        "Voor VECOZO_ADRES (https) zijn ook nodig: VECOZO_CERTIFICAAT, VECOZO_SLEUTEL, VECOZO_BERICHTTYPE, "
        "VECOZO_ACTIE, VECOZO_ROL_AANBIEDER en VECOZO_ROL_GEMEENTE. Wat erin moet, hoort u bij het aansluiten."
    )
IWMO_XSD_DIR = env.str("IWMO_XSD_DIR", "")  # folder with the official schemas; empty: our own
IWMO_MAX_MB = env.int("IWMO_MAX_MB", 25)  # one message through the knooppunt; the folder transport has its own
IWMO_MAX_DIEPTE = env.int("IWMO_MAX_DIEPTE", 32)
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail: to the log unless a server is named --------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("AFZENDER", "wmo-portaal@example.nl")

# --- Background work ----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = CELERY_RESULT_BACKEND = REDIS_URL
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TRACK_STARTED = True
CELERY_RESULT_EXPIRES = 24 * 3600
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# An unfinished task is given to another worker after visibility_timeout: longer than the longest chunk, or it runs
# twice at once. The unacked_* pair makes that moment punctual: without them it took 105 s instead of 9.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.int("VISIBILITY_TIMEOUT", 6 * 3600),
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "global_keyprefix": REDIS_PREFIX,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"global_keyprefix": REDIS_PREFIX}
CELERY_BROKER_CONNECTION_TIMEOUT = 5
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2, "interval_max": 0.5}

LOGGING = log_config(env.str("LOGNIVEAU", "INFO"))
