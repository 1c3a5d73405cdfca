"""What must be so before the register is served to anybody, and what is told where it is not as one might believe.

The commands do without: a key is weak only where something is signed with it.
"""

import logging
import os

from django.conf import settings
from django.db import Error, connection

from temagrupp.tools.values import AS_DATABASE, NEW_KEY, refuse, text

logger = logging.getLogger("temagrupp.start")

SHORTEST_KEY, FEWEST_SIGNS = 50, 5
MADE_BY_DJANGO = "django-insecure-"
THIS_MACHINE = {"localhost", ".localhost", "127.0.0.1", "[::1]"}
LETTER_BOX = "demo.letters.box.LetterBox"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def ensure_ready() -> None:
    """End the program with a sentence when the settings are not fit to serve by; under DEBUG all are."""
    if settings.DEBUG:
        return
    if _is_weak(settings.SECRET_KEY):
        refuse("SECRET_KEY", f"är för kort eller för lätt att gissa. Gör en ny med: {NEW_KEY}")
    if not text("DATABASE_URL"):  # the database that is there unless said is an engineer's own
        refuse("DATABASE_URL", f"saknas. Den {AS_DATABASE}")
    if not settings.ALLOWED_HOSTS:
        refuse("ALLOWED_HOSTS", "saknas. Skriv de namn som registret nås på, som register.example.se.")
    if settings.DEMO and _is_reached_from_elsewhere():
        refuse(
            "DEMO", "är bara för den här datorn, för demons lösenord kan alla. Ta bort den, eller sätt den till false."
        )


def warnings() -> list[str]:
    """What is as it was set, and perhaps not as it was meant."""
    told = {
        "Demon skickar inga mejl. De ligger på sidan Demons brev.": settings.EMAIL_BACKEND == LETTER_BOX,
        "Inga mejl skickas, de skrivs bara här. Sätt EMAIL_URL.": not settings.DEMO and _writes_mail_here(),
        "HTTPS är av: lösenord och innehåll går oskyddade över nätet.": not settings.HTTPS
        and _is_reached_from_elsewhere(),
        "HTTPS är på men inte BEHIND_PROXY: utan en proxy som talar https leder varje sida bara till sig själv.": (
            settings.HTTPS and not settings.BEHIND_PROXY
        ),
        "Programmet i GUARD_RECOGNISER går inte att köra. Namn söks bara med registrets egna regler.": (
            settings.GUARD_RECOGNISER and not os.access(settings.GUARD_RECOGNISER[0], os.X_OK)
        ),
    }
    return [sentence for sentence, is_so in told.items() if is_so]


def tell_of_start() -> None:
    for sentence in warnings():
        logger.warning(sentence)


def tell_of_database() -> None:
    """Say at once, and not first when a page is asked for, that the database cannot be reached."""
    try:
        connection.ensure_connection()
    except Error as error:
        logger.warning(
            "Databasen svarar inte: %s. Varje sida säger det tills databasen svarar.", " ".join(str(error).split())
        )
    finally:
        connection.close()


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST_KEY or len({*key}) < FEWEST_SIGNS or key.startswith(MADE_BY_DJANGO)


def _is_reached_from_elsewhere() -> bool:
    return bool({*settings.ALLOWED_HOSTS} - THIS_MACHINE)


def _writes_mail_here() -> bool:
    return bool(settings.EMAIL_BACKEND == CONSOLE)
