"""The house's settings, as the tests need them: no built static files, no https, a quick password hasher."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-where-nothing-is-secret-to-anybody")
os.environ.setdefault("ALLOWED_HOSTS", "localhost:*,127.0.0.1:*")
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("DEMO", "true")
# What is too slow for a page may be the tests' machine that is.
os.environ.setdefault("STATEMENT_TIMEOUT", "60")
os.environ.setdefault("LOCK_TIMEOUT", "30")
os.environ.setdefault("IDLE_TIMEOUT", "120")

from temagrupp.settings import *  # noqa: F403

# What `manage.py test` has migrated once for all; without it each test process migrates its own.
TEMPLATE = os.environ.get("TEST_TEMPLATE")
DATABASES["default"]["TEST"] = {"TEMPLATE": TEMPLATE, "MIGRATE": TEMPLATE is None}  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A field that a layout names and the form lacks is a fault, where production leaves it out and logs that it did.
CRISPY_FAIL_SILENTLY = False
