"""Settings from the environment, each of its right form; where one is not, the program ends with a sentence.

The sentence names the setting and what it should look like, never what stood there: that may be a password.
A setting that is set to nothing is as one that is not set.
"""

import os
import re
import shlex
import sys
from email.utils import getaddresses
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from environ import Env
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0"}
LONGEST_NUMBER = 9
LAST_PORT = 65_535
POSTGRES = re.compile(r"(?:postgres(?:ql)?|psql|pgsql)://(?P<address>[^\s#]+)")
MAIL = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail"}
WITHOUT_HOST = {"consolemail", "filemail", "memorymail", "dummymail"}
HOST = re.compile(r"(?P<host>\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}|\*))?")
SENDER = re.compile(r"\A[^\s@]+@[\w.-]+")
ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?")

AS_DATABASE = (
    "har formen postgres://namn:lösenord@värd:5432/databas. "
    "Andra tecken än bokstäver och siffror i namnet och lösenordet skrivs med procent: / är %2F, # är %23."
)
AS_MAIL = (
    "har formen smtp+tls://namn:lösenord@värd:587, eller consolemail:// för att bara skriva mejlen i terminalen. "
    "Andra tecken än bokstäver och siffror i namnet och lösenordet skrivs med procent: @ är %40, # är %23."
)
AS_SENDER = (
    "är en avsändare som Trygghet <trygghet@example.se>. "
    'Ett namn med komma eller @ står inom citattecken: "Trygghet, Åby" <trygghet@example.se>.'
)
NEW_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'


def refuse(name: str, wrong: str) -> NoReturn:
    """End the program with the sentence. `wrong` says what the setting should be, or that it is not there."""
    sys.exit(f"Inställningen {name} {wrong}")


def text(name: str, default: str = "") -> str:
    value = _said(name) or default
    if not value.isprintable():
        refuse(name, "har ett tecken som inte syns, kanske en radbrytning. Skriv den på en rad.")
    return value


def secret(name: str) -> str:
    """The value, which there is no default for."""
    return text(name) or refuse(name, f"saknas. Gör en ny med: {NEW_KEY}")


def sender(name: str, default: str) -> str:
    """Whom mails come from: one address, with a name or without."""
    value = text(name, default)
    [(_, address), *others] = getaddresses([value])
    if others or not SENDER.fullmatch(address):
        refuse(name, AS_SENDER)
    return value


def truth(name: str, default: bool) -> bool:
    value = _said(name).lower()
    if value and value not in YES | NO:
        refuse(name, "är true eller false.")
    return value in YES if value else default


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    value = _said(name)
    is_one = value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER
    if value and not (is_one and least <= int(value) <= (most or int(value))):
        refuse(name, f"är ett helt tal, {f'{least} till {most}' if most else f'{least} eller större'}.")
    return int(value) if value else default


def path(name: str, default: str) -> Path:
    return Path(text(name, default))


def command(name: str) -> list[str]:
    """The program and what it is called with, as a shell would read them; nothing where none is said."""
    try:
        words = shlex.split(text(name))
    except ValueError:
        words = [""]
    if words and not words[0].startswith("/"):
        refuse(name, "är ett program med hela sin sökväg, och det som det ska få: '/usr/local/bin/namn --sv'.")
    return words


def hosts(name: str, default: str) -> list[tuple[str, str]]:
    """Each host with its port: one, any (*) or, where none is said, nothing."""
    found = [HOST.fullmatch(host) for host in _listed(text(name, default).lower())]
    hosts = [(match["host"], match["port"] or "") for match in found if match]
    if len(hosts) < len(found):
        refuse(name, "är värdnamn med komma mellan, som register.example.se eller register.example.se:8443.")
    return hosts


def origins(name: str) -> list[str]:
    origins = _listed(text(name).lower())
    if not all(map(ORIGIN.fullmatch, origins)):
        refuse(name, "är adresser med komma mellan, som https://register.example.se.")
    return origins


def origin(name: str, default: str) -> str:
    """One address, without a path; nothing where none is said and none can be told."""
    origin = text(name, default).lower()
    if origin and ("*" in origin or not ORIGIN.fullmatch(origin)):
        refuse(name, "är en adress som https://register.example.se.")
    return origin


def origin_of(hosts: list[tuple[str, str]], *, https: bool) -> str:
    """The address of the first host that is one: not a pattern of many, nor with any port."""
    named = [f"{host}:{port}" if port else host for host, port in hosts if "*" not in (*host, *port) and host[0] != "."]
    return f"{'https' if https else 'http'}://{named[0]}" if named else ""


def database(name: str, default: str, engine: str) -> dict[str, Any]:
    """Django's settings of the database that an address leads to, which may have several servers.

    The address is read by PostgreSQL's own library: all that it knows may stand there, as the brackets of an IPv6 host.
    """
    address = POSTGRES.fullmatch(text(name, default))
    try:
        said = conninfo_to_dict(f"postgresql://{address['address']}" if address else "=")
    except ProgrammingError:
        refuse(name, AS_DATABASE)
    user, password, host, port, database = (
        str(said.pop(key, "")) for key in ("user", "password", "host", "port", "dbname")
    )
    # A sign of a password that was not written with percent ends up in the host or in the database's name.
    if not database or {"@", "/"} & {*database} or "@" in host or not all(map(_is_port, port.split(","))):
        refuse(name, AS_DATABASE)
    login = {"NAME": database, "USER": user, "PASSWORD": password, "HOST": host, "PORT": port}
    return {"ENGINE": engine, **login, "OPTIONS": said}


def mail(name: str, default: str) -> dict[str, Any]:
    value = text(name, default)
    try:
        url = urlsplit(value)
        server = url.hostname or url.scheme in WITHOUT_HOST
        right = url.scheme in MAIL and server and (url.port or 0) <= LAST_PORT
    except ValueError:
        refuse(name, AS_MAIL)
    if not right or url.fragment or " " in value or value.count("@") > 1:
        refuse(name, AS_MAIL)
    return dict(Env.email_url_config(value))


def _is_port(said: str) -> bool:
    return not said or (said.isascii() and said.isdecimal() and int(said) <= LAST_PORT)


def _said(name: str) -> str:
    return os.environ.get(name, "").strip()


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]
