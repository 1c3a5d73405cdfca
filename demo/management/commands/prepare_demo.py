from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Makes everything ready that the demo serves: the tables, the static files, the group."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--observations", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", "--if-empty", observations=options["observations"])
