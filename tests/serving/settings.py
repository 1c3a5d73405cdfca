"""The settings of a web process that the tests start: those of the tests, with pages that take as long as asked."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.serving.urls"
WHITENOISE_USE_FINDERS = True
