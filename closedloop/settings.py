"""Settings: one file, the environment decides. `.env.example` explains every variable."""

import json
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from closedloop import embedded
from closedloop.core.queues import LARGE
from closedloop.environment import env, env_bool, env_day, env_list

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = embedded.var_dir()

# --- What this process is -------------------------------------------------------------------------
DEBUG = env_bool("DEBUG")
# Plain http on the loopback address, for the demonstration and the tests. Never on a network.
INSECURE_HTTP = env_bool("INSECURE_HTTP", "1" if DEBUG else "0")
SECRET_KEY = env("SECRET_KEY", "only-for-development-and-never-for-a-network" if DEBUG else None)
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
SITE_URL = env("SITE_URL", "http://127.0.0.1:8000" if INSECURE_HTTP else None).rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost" if INSECURE_HTTP else "") or [
    urlsplit(SITE_URL).hostname
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
VERSION = "2026.11"

if not DEBUG and not INSECURE_HTTP and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters; make a new one.")


# --- Database and broker --------------------------------------------------------------------------
def database(url: str) -> dict:
    """Return Django's DATABASES entry for a postgresql:// address; a socket is given as ?host=/path."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://; no other database is supported."
        )
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **query},
    }


DATABASES = {"default": database(env("DATABASE_URL", embedded.database_url()))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env("REDIS_URL", embedded.redis_url())

# Rate limits and sessions must live without the broker (reliability R3), so both are in PostgreSQL.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# how old the numbers beside the menu and on the tabs of a list may be (closedloop/core/remembered.py)
REMEMBERED_SECONDS = 20

# --- Applications ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "template_partials",
    "closedloop.core",
    "closedloop.regions",
    "closedloop.accounts",
    "closedloop.audit",
    "closedloop.notifications",
    "participants",
    "trainings",
    "assessments",
    "partnerships",
    "closedloop.figures",
    "closedloop.reports",
    "closedloop.dashboard",
    "closedloop.demonstration",
]

MIDDLEWARE = [
    "closedloop.core.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "closedloop.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "closedloop.core.middleware.PrivacyHeadersMiddleware",
    "closedloop.core.middleware.UnreadableTextMiddleware",
    "closedloop.core.remembered.ActMiddleware",
    "participants.middleware.MergedRecordMiddleware",
]

ROOT_URLCONF = "closedloop.urls"
WSGI_APPLICATION = "closedloop.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

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
                "closedloop.core.context.navigation",
            ],
            "builtins": [
                "closedloop.core.templatetags.portal",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# --- Accounts -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard:start"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("full_name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "closedloop.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is proved by the invitation that was sent to it
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = {
    # a training hall shares one address (reliability A5), so the address alone never locks anybody out
    "login": "600/m/ip",
    "login_failed": "600/m/ip,5/5m/key",
    "reset_password": "600/m/ip,5/m/key",
    "reset_password_from_key": "600/m/ip",
}
SESSION_COOKIE_AGE = 14 * 24 * 3600
INVITATION_DAYS = 14

# --- Security -------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_HTTP
SECURE_HSTS_SECONDS = 0 if INSECURE_HTTP else 63_072_000
# a parent domain (go.id, kadin.id) is not ours to bind, but the portal's own subdomains are
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not INSECURE_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "sid" if INSECURE_HTTP else "__Host-sid"
CSRF_USE_SESSIONS = False
CSRF_COOKIE_NAME = "csrf" if INSECURE_HTTP else "__Host-csrf"
ACT_COOKIE_NAME = "baru" if INSECURE_HTTP else "__Host-baru"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # a section has up to 12 items with 8 photos each

# --- Language, time and numbers -------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "closedloop" / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "closedloop.core.locale_formats"

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env("MEDIA_ROOT", str(VAR_DIR / "media")))  # never served by path; a view checks who asks
FILE_UPLOAD_PERMISSIONS = 0o640
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Mail -----------------------------------------------------------------------------------------
mail = urlsplit(env("EMAIL_URL", f"file://{VAR_DIR}/mail" if INSECURE_HTTP else None))
DEFAULT_FROM_EMAIL = env(
    "DEFAULT_FROM_EMAIL", "IKM Closed Loop <portal@contoh.id>" if INSECURE_HTTP else None
)
if mail.scheme == "file":
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", mail.path
else:
    EMAIL_HOST, EMAIL_PORT = mail.hostname, mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(mail.username or ""), unquote(mail.password or "")
    EMAIL_USE_TLS = mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 10

# --- Background work (reliability.md §3 gives the reason of each line) -----------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = (
    True  # with the next line: a killed child's message comes back, and the fence makes that safe
)
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # one long report must not sit on three others
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,  # longer than the longest hard limit (300 s) and its wait
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
    "retry_on_timeout": True,
}
CELERY_VISIBILITY_TIMEOUT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 300_000  # KB; a process that has grown beyond is replaced after its task
# beyond it an allocation fails, so that one report ends and not the host (reliability R6, features N3)
WORKER_MEMORY_MB = int(env("WORKER_MEMORY_MB", "1024"))
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_DEFAULT_QUEUE = LARGE  # what beat starts may take long
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_TIMEZONE = "Asia/Jakarta"
CELERY_BEAT_SCHEDULE = {
    "close-forgotten-sessions": {
        "task": "closedloop.dashboard.morning.close_forgotten_sessions",
        "schedule": crontab(minute=20),
    },
    "make-monthly-reports": {
        "task": "closedloop.reports.tasks.make_monthly_reports",
        "schedule": crontab(minute=10),  # hourly: a beat that slept through midnight makes up for it
    },
    "close-months": {
        "task": "closedloop.dashboard.morning.close_months",
        "schedule": crontab(hour=5, minute=30),
    },
    "remind-of-complaints": {
        "task": "closedloop.dashboard.morning.remind_of_complaints",
        "schedule": crontab(hour=6, minute=5),
    },
    "remind-of-findings": {
        "task": "closedloop.dashboard.morning.remind_of_findings",
        "schedule": crontab(hour=6, minute=0),
    },
    "escalate-findings": {
        "task": "closedloop.dashboard.morning.escalate_findings",
        "schedule": crontab(hour=6, minute=30, day_of_week=1),
    },
    "judge-clearances": {
        "task": "closedloop.dashboard.morning.judge_clearances",
        "schedule": crontab(hour=5, minute=0),
    },
    "watch-agreements": {
        "task": "closedloop.dashboard.morning.watch_agreements",
        "schedule": crontab(hour=6, minute=15),
    },
    "send-confirmation-links": {
        "task": "closedloop.dashboard.morning.send_confirmation_links",
        "schedule": crontab(hour=7, minute=0),
    },
    "forget-unchosen-applicants": {
        "task": "closedloop.dashboard.morning.forget_unchosen_applicants",
        "schedule": crontab(hour=4, minute=30),
    },
}

# --- Programme ------------------------------------------------------------------------------------
PROGRAMME_NAME = _("IKM Closed Loop")
REPORT_LETTERHEAD = json.loads(env("REPORT_LETTERHEAD", "{}"))  # parts of closedloop/core/letterhead.py
# of the next month; buyers confirm until the day before
MONTH_CLOSES_ON_DAY = env_day("MONTH_CLOSES_ON_DAY", "10")
NAVIGATION_COUNTS = "closedloop.dashboard.counts.navigation_counts"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
