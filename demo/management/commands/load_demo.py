from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from base.logs.security import SecurityEvent, happened, untold
from base.swedish.words import plural, thousands
from demo.letters import box
from demo.story import people
from demo.story.edition import why_tell_anew
from demo.story.filling import fill
from demo.story.reading import StoryError
from demo.story.telling import is_empty, tell_story
from members.models import Group


class Command(BaseCommand):
    help = "Fills an empty register with the invented demo group and tells whom one may sign in as."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="leave a register that is in use as it is")
        parser.add_argument("--observations", type=int, default=0, help="fill up to so many, spread over years")

    def handle(self, *args: Any, **options: Any) -> None:
        if is_empty():
            with untold():
                box.empty()  # of another telling
                self._load(options["observations"])
        elif not options["if_empty"]:
            raise CommandError("Registret används redan. Demogruppen läggs bara in i ett tomt register.")
        elif Group.current().demo:
            self._fill(options["observations"])
            if why := why_tell_anew(timezone.localdate()):
                self.stdout.write(f"\n{why}\n\n")
        if Group.current().demo:
            happened(SecurityEvent.DEMO_STARTED)
            self.stdout.write(f"Logga in som någon av dessa, alla med lösenordet ”{people.PASSWORD}”:")
            for role, name in people.ACCOUNTS.items():
                self.stdout.write(f"  {role:<12} {people.address(name):<34} {name}")

    @transaction.atomic
    def _load(self, observations: int) -> None:
        """The story and what fills it up, or nothing."""
        try:
            tell_story(self.stdout.write)
            self._fill(observations)
        except StoryError as error:
            raise CommandError(str(error)) from error

    def _fill(self, observations: int) -> None:
        filled = fill(observations, say=self.stdout.write)
        if filled.rows:
            self.stdout.write(f"Klart på {filled.seconds:.0f} s, {filled.per_second} observationer i sekunden.")
        elif observations:
            number = plural(filled.before, "observation", "observationer")
            self.stdout.write(f"Demogruppen har {number}, så ingen lades till för att nå {thousands(observations)}.")
