#!/usr/bin/env python3
"""The one door: the demo and the tests from nothing but Python, and every Django command."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Registret behöver Python 3.11 eller nyare, men det här är %d.%d." % sys.version_info[:2])  # noqa: UP031

from temagrupp.tools import environment
from temagrupp.tools.lifeline import end_with_starter


def main() -> None:
    command, arguments = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    environment.enter(environment.EVERYTHING if command in {"test", "checks", "benchmark"} else environment.RUNTIME)
    end_with_starter()

    if command == "demo":
        from temagrupp.tools import demo_server

        demo_server.run_demo(arguments)
    elif command == "serve":
        from temagrupp.serving.command import run_server

        run_server(arguments)
    elif command == "test":
        from temagrupp.tools import testing

        testing.run_tests(arguments)
    elif command == "benchmark":
        from benchmarks.run import run_benchmark

        run_benchmark(arguments)
    elif command == "check_guard":
        from base.swedish.guard.checking import run_check

        run_check(arguments)
    elif command == "checks":
        from temagrupp.tools import checks

        checks.run_checks()
    else:
        django(sys.argv)


def django(argv: list[str]) -> None:
    """Run one of Django's commands; settings or a database that it cannot use are a sentence, not a traceback."""
    import os

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from base.postgresql.connecting import FOR_COMMANDS

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "temagrupp.settings")
    os.environ |= FOR_COMMANDS
    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Inställningarna går inte att använda: {error}")
    except OperationalError as error:
        as_owner = argv[1] in {"migrate", "flush"} and os.environ.get("DATABASE_OWNER_URL")
        address = "DATABASE_OWNER_URL" if as_owner else "DATABASE_URL"
        sys.exit(f"Databasen går inte att nå, se {address}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
