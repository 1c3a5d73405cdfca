from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from members.models import Member


class Command(BaseCommand):
    help = "Lägg till en samordnare: den första i ett nytt register, som sedan lägger till alla andra."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="e-postadressen hon loggar in med")
        parser.add_argument("name", help="hennes namn")

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        try:
            member = Member.objects.create_user(email, by=None, name=name, is_coordinator=True)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{member} är samordnare och väljer sitt lösenord genom ”Glömt lösenord”.")
