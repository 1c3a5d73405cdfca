"""Settings, all from the environment, with safe defaults.

DATABASE_URL          the application's role, which does what a verb does and no more (docs/adr/0021)
DATABASE_OWNER_URL    the tables' owner, for migrate and flush alone; the web process never has it
DATABASE_POOL         connections that one web process keeps, 8 unless said, no fewer than its threads; 0 is no pool
STATEMENT_TIMEOUT     seconds that the database may work for one statement of a page, 5 unless said; 0 is without end
LOCK_TIMEOUT          seconds that it may wait for what another holds, 2 unless said
IDLE_TIMEOUT          seconds that a transaction may stand still, 15 unless said; a command of manage.py has no limits
SECRET_KEY            required: 50 signs or more, by chance
DEBUG                 false unless said
HTTPS                 true unless said: secure cookies, HSTS and a redirect from http
BEHIND_PROXY          false unless said: one proxy of ours stands in front and tells the protocol and the address
ALLOWED_HOSTS         comma-separated; with a port where it is not the protocol's own, host:* for any
ADDRESS               where people reach the register, for the links in mails: https://register.example.se; by default
                      the first of ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS  comma-separated, https://…: other addresses whose forms are taken; none unless said
STATIC_ROOT           where collectstatic writes, .local/static unless said; the list of names lies beside it
EMAIL_URL             smtp://…, by default the console
DEFAULT_FROM_EMAIL    the sender: Name <address>
GUARD_RECOGNISER      a program on this machine that finds names in Swedish, with its whole path and what it is called
                      with; none unless said (docs/howto/recogniser.md)
FILE_MEGABYTES        how large one file may be that is added to something, 20 unless said, 1 to 100
FILES_MEGABYTES       and all files of the same thing together, as of a meeting; 100 unless said
DEMO                  as DEBUG unless said: the app `demo` with its story and, at /komponenter/, the parts of every page
"""

import sys
from pathlib import Path

import pghistory
from csp.constants import NONE, SELF

from base.postgresql import connecting
from temagrupp.tools import values

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = values.truth("DEBUG", default=False)
DEMO = values.truth("DEMO", default=DEBUG)
HTTPS = values.truth("HTTPS", default=True)
BEHIND_PROXY = values.truth("BEHIND_PROXY", default=False)
SECRET_KEY = values.secret("SECRET_KEY")
HOSTS = values.hosts("ALLOWED_HOSTS", default="localhost:*,127.0.0.1:*,[::1]:*" if DEBUG else "")
ALLOWED_HOSTS = [host for host, port in HOSTS]
ALLOWED_PORTS = [(host, port) for host, port in HOSTS if port]  # besides none, and the protocol's own
ADDRESS = values.origin("ADDRESS", default=values.origin_of(HOSTS, https=HTTPS))
CSRF_TRUSTED_ORIGINS = values.origins("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    *(["demo"] if DEMO else []),
    "temagrupp",
    "temagrupp.redaction",
    "meetings",
    "issues",
    "members",
    "base.imports",
    "base.ui",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "base.logs.requests.RequestIdMiddleware",
    # Before whatever may answer: a file, a redirect and a refusal carry them too.
    "base.ui.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "temagrupp.middleware.HostMiddleware",
    "base.ui.encoding.Utf8Middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Each page gets random bytes, so that its compressed length tells nothing of a secret in it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "temagrupp.middleware.NotTooLargeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "temagrupp.middleware.ShownAfreshMiddleware",
    "temagrupp.middleware.NoBlankPageMiddleware",
    "members.signed_out.SignInMiddleware",
    "temagrupp.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "base.ui.once.AlreadySentMiddleware",
]

ROOT_URLCONF = "temagrupp.urls"
WSGI_APPLICATION = "temagrupp.wsgi.application"

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
                "temagrupp.home.context.group",
            ],
            "builtins": ["django.templatetags.static", "base.ui.templatetags.ui", "base.ui.templatetags.house"],
        },
    }
]
FORM_RENDERER = "base.ui.renderer.ControlRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "house"
CRISPY_TEMPLATE_PACK = "house"


# How alike two words must be for a search to take one for the other. Measured on pairs of the group's own words
# (tests/issues/test_issue_search.py): lower, and "mörkt" finds "mördad"; higher, and "belysing" misses "belysningen".
ALIKE = 0.55

DATABASES = {"default": connecting.database(alike=ALIKE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    # Ordinary pages use no cache. The counters of `members/limits.py` are shared by all processes.
    "default": {
        "BACKEND": "base.postgresql.cache.CounterCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": sys.maxsize},  # none goes before it has expired
    }
}

# Sign-in
AUTH_USER_MODEL = "members.Member"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # to be on the browsers' preload lists is for the owner of the domain to decide
]
AUTHENTICATION_BACKENDS = ["members.sign_in.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "members.passwords.PasswordValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "members.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Void once the password or the address is changed; allauth's would first copy her address to a table of its own.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "members.reset_links.ResetLinkTokens"  # noqa: S105  a class
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody else's inbox is filled from here
ACCOUNT_FORMS = {
    "login": "members.sign_in_forms.LoginForm",
    "reset_password": "members.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "members.sign_in_forms.ResetPasswordKeyForm",
    "change_password": "members.sign_in_forms.ChangePasswordForm",
    "user_token": "members.sign_in_forms.UserTokenForm",
}
ACCOUNT_RATE_LIMITS = False  # ours are in members/limits.py
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30

# History by triggers: insert, update and delete; the context stands on the row so that nobody can rewrite it.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
# A history is looked up by its row, and by nothing that the row pointed at.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="history", related_query_name="history", db_index=True)
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)
# When it was, and not when a transaction began that somebody held open.
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

# Language and time
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True

# Static files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = values.path("STATIC_ROOT", default=str(BASE_DIR / ".local" / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "base.ui.static_storage.StaticStorage"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False

# What one sends: some files at once. Of more than this nothing is kept; a form's own fields may be 2.5 MB of it.
MOST_BYTES_OF_A_FILE = values.number("FILE_MEGABYTES", default=20, least=1, most=100) * 1024 * 1024
MOST_BYTES_OF_FILES = values.number("FILES_MEGABYTES", default=100) * 1024 * 1024
MOST_BYTES_SENT = 2 * MOST_BYTES_OF_A_FILE + 10 * 1024 * 1024

# What finds names in what people write, besides the guard's own rules
GUARD_RECOGNISER = values.command("GUARD_RECOGNISER")

# Mail
EMAIL_CONFIG = values.mail("EMAIL_URL", default="consolemail://")
EMAIL_TIMEOUT = 10  # unless EMAIL_URL says another: no thread waits longer for a mail server that is silent
vars().update(EMAIL_CONFIG)
if DEMO and not values.text("EMAIL_URL"):
    EMAIL_BACKEND = "demo.letters.box.LetterBox"
DEFAULT_FROM_EMAIL = values.sender("DEFAULT_FROM_EMAIL", default="Trygghet <trygghet@localhost>")

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
# A name that a browser takes only from us: over https, for this host alone and all of its pages.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "base.ui.notices.NoticeStorage"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "temagrupp.home.errors.page_too_old"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Where the address alone lets one act: whatever is answered there, nobody is told or keeps it on the way.
SECRET_ADDRESSES = ("/besked/",)
# What no page uses no page may ask for. A photo needs no leave: it comes by a field for files. A map that asks where
# one stands will need it, for ourselves alone: geolocation=(self).
# Only what every browser knows: Chromium on Linux complains of web-share.
PERMISSIONS_POLICY = [
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone"),
    *("midi", "payment", "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get"),
    *("screen-wake-lock", "serial", "storage-access", "usb", "xr-spatial-tracking"),
]

# A line for each thing that happened: JSON, or in the demo and under DEBUG as one reads it in a terminal. Django's own
# are translated, and mail nobody. The security log is always told; how long it is kept is for who runs the server.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": f"base.logs.lines.{'PlainLines' if DEBUG or DEMO else 'JsonLines'}"}},
    "filters": {"told_once": {"()": "base.postgresql.away.ToldOnce"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "lines"},
        "translated": {"class": "base.logs.translating.Translated"},
        "of_the_server": {"class": "base.logs.translating.OfTheServer"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "INFO"},
        "django.request": {"handlers": ["translated"], "level": "INFO", "propagate": False},
        "django.security": {"handlers": ["translated"], "level": "INFO", "propagate": False},
        "waitress": {"handlers": ["of_the_server"], "level": "WARNING", "propagate": False},
        "psycopg.pool": {"filters": ["told_once"]},
        "temagrupp.security": {"level": "INFO"},
    },
}
