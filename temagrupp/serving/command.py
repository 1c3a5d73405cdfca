"""`manage.py serve`: one web process, as the demo starts it and as a service manager does (docs/howto/serve.md)."""

import argparse
import os
import random
import resource
import signal
import socket
import sys
import threading

from django.conf import settings

from temagrupp.serving.server import MOST_CONNECTIONS, SECONDS_TO_FINISH, Server
from temagrupp.tools.values import refuse

INHERITED = 3
"""The first file that a service manager hands over (sd_listen_fds)."""
SECONDS_TO_CLOSE = 2
"""And then the process ends, whatever hangs in it."""
FILES_BESIDE = 100
"""Open files that are no client's: the database's, the log, what Python reads."""


def run_server(arguments: list[str]) -> None:
    """Serve until somebody says stop, or for as many requests as the process is to live."""
    options = _parse(arguments)
    listener = _listener(options)
    from django.db import connection

    from temagrupp.tools.readiness import tell_of_database
    from temagrupp.wsgi import application  # a second's work, for one whose options are right

    _ensure_connections(options.threads)
    server = Server(
        application,
        listener,
        threads=options.threads,
        connections=_connections(),
        proxy=options.proxy if settings.BEHIND_PROXY else None,
        requests=_spread(options.requests),
        seconds_to_finish=options.finish,
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: server.stop())
    threading.Thread(target=tell_of_database, daemon=True).start()  # it may take seconds, and the pages need it not
    server.serve()
    hard_end = threading.Timer(options.finish + SECONDS_TO_CLOSE, os._exit, [1])
    hard_end.daemon = True
    hard_end.start()
    server.finish()
    connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("manage.py serve", description="Servera registret med en process.")
    parser.add_argument("--listen", default="127.0.0.1:8000", help="adress och port (127.0.0.1:8000)")
    parser.add_argument("--descriptor", type=int, help="en redan öppnad socket, i stället för --listen")
    parser.add_argument("--threads", type=int, default=4, help="sidor som görs samtidigt (4)")
    parser.add_argument("--requests", type=int, default=0, help="sluta efter ungefär så många svar (0: aldrig)")
    parser.add_argument(
        "--finish", type=int, default=SECONDS_TO_FINISH, help="sekunder att svara klart på vid stopp (10)"
    )
    parser.add_argument("--proxy", default="127.0.0.1", help="adressen som BEHIND_PROXY gäller för (127.0.0.1)")
    options = parser.parse_args(arguments)
    if options.threads < 1 or options.requests < 0 or options.finish < 0:
        parser.error("--threads är minst 1, --requests och --finish minst 0.")
    return options


def _listener(options: argparse.Namespace) -> socket.socket:
    """The socket that the service manager or the caller has opened, else one at the address."""
    if options.descriptor is not None:
        return _inherited(options.descriptor)
    if os.environ.pop("LISTEN_PID", None) == str(os.getpid()):
        if os.environ.pop("LISTEN_FDS", None) != "1":
            sys.exit("Ge en enda socket åt varje process.")
        return _inherited(INHERITED)
    host, _, port = options.listen.rpartition(":")
    try:
        return socket.create_server(
            (host.strip("[]"), int(port)), family=socket.AF_INET6 if "[" in host else socket.AF_INET
        )
    except ValueError:
        sys.exit(f"--listen är en adress och en port, som 127.0.0.1:8000, inte ”{options.listen}”.")
    except (OSError, OverflowError) as error:
        sys.exit(f"{options.listen} går inte att använda: {error}.")


def _inherited(descriptor: int) -> socket.socket:
    try:
        return socket.socket(fileno=descriptor)
    except OSError as error:
        sys.exit(f"Fil {descriptor} är ingen öppnad socket: {error.strerror}.")


def _ensure_connections(threads: int) -> None:
    """A thread without a connection would say that the database is away."""
    pool = settings.DATABASES["default"]["OPTIONS"].get("pool")
    if pool and pool["max_size"] < threads:
        one = "en anslutning för varje sida som görs samtidigt (--threads)"
        refuse("DATABASE_POOL", f"är minst {threads}, {one}, eller 0.")


def _connections() -> int:
    """How many clients at once: as many as wanted, or as the system lets one process have files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + FILES_BESIDE
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(MOST_CONNECTIONS, soft - FILES_BESIDE)


def _spread(requests: int) -> int:
    """The number, or up to a tenth more: processes that were started together are not to end together."""
    return requests + random.randrange(requests // 10 + 1)  # noqa: S311  # nothing secret
