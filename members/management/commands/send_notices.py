import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from base.imports.models import Import
from members.handing_over import Came
from members.outbox.retention import remove_old_daily
from members.outbox.sending import send_due

SECONDS_BETWEEN = 10
logger = logging.getLogger(__name__)
IN_WORDS = {
    Came.TAKEN: "skickade",
    Came.LATER: "försöker vi med igen",
    Came.REFUSED: "kom inte fram",
    Came.UNCERTAIN: "kan ha kommit fram",
    Came.ENDED: "bröt e-postservern förbindelsen för",
    Came.AWAY: "togs inte emot av e-postservern",
}


class Command(BaseCommand):
    help = "Skicka de mejl som är på tur. Körs varje minut; två på en gång gör inget dubbelt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="fortsätt, med tio sekunder emellan")

    def handle(self, *, loop: bool, **options: Any) -> None:
        if not settings.ADDRESS:
            raise CommandError("ADDRESS saknas. Skriv den adress som registret nås på: https://register.example.se.")
        if not loop:
            self._send()
        while loop:
            self._send_or_say_why_not()
            time.sleep(SECONDS_BETWEEN)

    def _send_or_say_why_not(self) -> None:
        """A run that fails does not end the loop, as it does not end a timer: the next has a connection of its own."""
        try:
            self._send()
        except Exception:
            logger.exception("A run of the outbox failed")
            self.stderr.write(f"Utskicket avbröts. Nytt försök om {SECONDS_BETWEEN} sekunder.")
            connection.close_if_unusable_or_obsolete()

    def _send(self) -> None:
        Import.objects.remove_old()  # there is no other timer
        remove_old_daily()
        if counted := send_due():
            self.stdout.write(", ".join(f"{number} {IN_WORDS[came]}" for came, number in counted.items()))
