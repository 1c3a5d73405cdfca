"""Where a message waits between the form that was sent and the page that tells of it."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NoticeCookie(CookieStorage):
    """Django's cookie under a name that only we can set, as the session's and the form's are."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class NoticeStorage(FallbackStorage):
    """In a cookie, and in the session what has no room there."""

    storage_classes = (NoticeCookie, SessionStorage)
