"""The demo: the whole register on this machine, with a small group in it, from one command."""

import argparse
import errno
import hashlib
import os
import secrets
import socket
import sys

from temagrupp.tools import postgres
from temagrupp.tools.terminal import ROOT, beside, run, say

HOST = "127.0.0.1"
MOST_OBSERVATIONS = 1_000_000
"""A few minutes and a few gigabytes; no group will have seen so much."""
SECRET_KEY = ROOT / ".local" / "demo-secret-key"


def run_demo(arguments: list[str]) -> None:
    """Prepare the database and serve until somebody says stop. The data stays for the next time."""
    options = _parse(arguments)
    prepared = postgres.database("demo", reset=options.reset, migrations=migrations())
    with listen(options.port) as listener, prepared as addresses:
        web = _web_environment() | {"DATABASE_URL": addresses.application}
        owner = {"DATABASE_OWNER_URL": addresses.owner}
        status = run(
            [sys.executable, "manage.py", "prepare_demo", f"--observations={options.observations}"], web | owner
        )
        if status == 0:
            web["ADDRESS"] = f"http://{HOST}:{options.port}"
            say(f"\nÖppna http://{HOST}:{options.port}/ i webbläsaren. Avsluta med Ctrl-C.\n")
            with beside([sys.executable, "manage.py", "send_notices", "--loop"], web):
                status = run(server(listener), web, inherit=[listener.fileno()])
    sys.exit(status)


def migrations() -> dict[str, str]:
    """The house's migrations, each with its hash. One made anew under its own name is not run again (ADR 17)."""
    files = ROOT.glob("[a-z]*/**/migrations/[0-9]*.py")
    return {f"{file.relative_to(ROOT)}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("manage.py demo", description="Starta registret med en påhittad grupp.")
    parser.add_argument("--port", type=_number, default=8000, help="porten på den här datorn (8000)")
    parser.add_argument("--reset", action="store_true", help="kasta det som skrivits i demon och börja om")
    parser.add_argument("--observations", type=_number, default=0, help="fyll på till så många, spridda över flera år")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65_536:
        parser.error("--port är ett tal från 1 till 65535.")
    if not 0 <= options.observations <= MOST_OBSERVATIONS:
        parser.error("--observations är ett helt tal från 0 till 1000000.")
    if options.reset and os.environ.get("DATABASE_URL"):
        parser.error("--reset gäller bara demons egen databas, inte den i DATABASE_URL.")
    return options


def _number(words: str) -> int:
    """The number, or -1, which no option takes, so that the option explains what it does take."""
    return int(words) if words.isdecimal() and len(words) < 10 else -1


def listen(port: int) -> socket.socket:
    """The socket of the port, bound first so that nobody else takes it while the database starts."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            sys.exit(f"Port {port} går inte att använda: {error.strerror}.")
        sys.exit(f"Port {port} är upptagen. Välj en annan: python3 manage.py demo --port {port + 1}")
    return listener


def _web_environment() -> dict[str, str]:
    """The environment of the web process: safe settings but for https, and never the owner's address."""
    ours = {name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"}
    return ours | {
        "SECRET_KEY": _secret_key(),
        "DEBUG": "false",
        "DEMO": "true",
        "HTTPS": "false",
        "ALLOWED_HOSTS": f"{HOST}:*,localhost:*",
        "STATIC_ROOT": str(ROOT / ".local" / "static"),
        "PYTHONUNBUFFERED": "1",
    }


def _secret_key() -> str:
    """The secret key, kept between starts so that a visitor stays signed in."""
    if not SECRET_KEY.exists():
        SECRET_KEY.parent.mkdir(exist_ok=True)
        SECRET_KEY.touch(mode=0o600)
        SECRET_KEY.write_text(secrets.token_urlsafe(50))
    return SECRET_KEY.read_text()


def server(listener: socket.socket) -> list[str]:
    """The command of the web server. A socket may have several of them."""
    return [sys.executable, "manage.py", "serve", "--descriptor", f"{listener.fileno()}"]
