"""The host at which people reach the register: of what is to be the only one of its kind anywhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def own_host() -> str:
    return urlsplit(settings.ADDRESS).hostname or "localhost"
