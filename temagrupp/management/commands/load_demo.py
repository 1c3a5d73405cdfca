from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser

from members.models import Group
from temagrupp.demo_story import people
from temagrupp.demo_story.telling import is_empty, tell_story


class Command(BaseCommand):
    help = "Fills an empty register with the invented demo group and tells whom one may sign in as."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="leave a register that is in use as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_empty():
            tell_story(self.stdout.write)
        elif not options["if_empty"]:
            raise CommandError("Registret används redan. Demogruppen läggs bara in i ett tomt register.")
        if Group.current().demo:
            self.stdout.write(f"Logga in som någon av dessa, alla med lösenordet ”{people.PASSWORD}”:")
            for role, name in people.ACCOUNTS.items():
                self.stdout.write(f"  {role:<12} {people.address(name):<34} {name}")
