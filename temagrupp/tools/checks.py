"""Every check of the house behind one command, the same for an engineer and in CI."""

import os
import sys
from pathlib import Path

from temagrupp.tools import postgres
from temagrupp.tools.terminal import ROOT, run, say

PROGRAMS = Path(sys.executable).parent
# What `check --deploy` asks of a real server; the checks say nothing about these values themselves.
DEPLOYED = {"SECRET_KEY": "x0" * 30 + "-_.~", "ALLOWED_HOSTS": "register.example", "DEBUG": "false", "HTTPS": "true"}


def run_checks() -> None:
    """Run every check and exit with the names of those that failed: one round shows all there is to mend."""
    with postgres.database("tests", disposable=True) as addresses:
        environment = os.environ | DEPLOYED | addresses.environment
        failed = [name for name, command in _checks().items() if _fails(name, command, environment)]
    sys.exit(f"Stannade på: {', '.join(failed)}" if failed else 0)


def _checks() -> dict[str, list[str]]:
    templates = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]
    strict_python = [sys.executable, "-W", "error", "manage.py"]
    return {
        "ruff format": [_program("ruff"), "format", "--check", "."],
        "ruff check": [_program("ruff"), "check", "."],
        "djade": [_program("djade"), "--target-version", "5.2", "--check", *templates],
        "djhtml": [_program("djhtml"), "--check", "templates"],
        "mypy": [_program("mypy")],
        "lint-imports": [_program("lint-imports")],
        "makemigrations": [*strict_python, "makemigrations", "--check", "--dry-run"],
        "check": [*strict_python, "check", "--deploy", "--database", "default", "--fail-level", "WARNING"],
    }


def _program(name: str) -> str:
    return str(PROGRAMS / name)


def _fails(name: str, command: list[str], environment: dict[str, str]) -> bool:
    say(f"\n— {name}")
    return run(command, environment) != 0
