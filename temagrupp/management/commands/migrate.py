from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.commands import migrate
from django.db import connection

from temagrupp import roles
from temagrupp.redaction import function
from temagrupp.tools.postgres import OLDEST_VERSION


class Command(migrate.Command):
    """Django's migrate, as the tables' owner; then the application is granted what it needs, and no more."""

    def handle(self, *args: Any, **options: Any) -> None:
        with roles.owner():
            version = connection.pg_version // 10_000  # type: ignore[attr-defined]
            if version < OLDEST_VERSION:
                raise CommandError(f"Registret behöver PostgreSQL {OLDEST_VERSION} eller nyare, men här är {version}.")
            writes = not (options["plan"] or options["check_unapplied"])
            try:
                super().handle(*args, **options)
                if writes:
                    call_command("createcachetable", verbosity=0)
                    function.install()
            finally:  # also what broke off half-way may have made tables and triggers anew
                if writes:
                    roles.grant_to_application()
