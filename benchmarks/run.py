"""`manage.py benchmark`: what each page costs beside two floors, in registers of three sizes.

With `--explain` instead what the database does for each page, in the largest of them; with `--notices` how quickly
mails are sent.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

from base.postgresql.connecting import FOR_COMMANDS
from benchmarks.first_paint import first_paints
from benchmarks.measuring import Bench, Run
from benchmarks.pages import REPRESENTATIVE, SAMORDNARE
from benchmarks.processes import parent
from benchmarks.reporting import as_json, markdown
from benchmarks.serving import Browser, served
from temagrupp.tools import postgres
from temagrupp.tools.postgres import Addresses
from temagrupp.tools.terminal import ROOT, say

SIZES = [1_000, 10_000, 100_000]


def run_benchmark(arguments: list[str]) -> None:
    """Fill, serve and measure a register of each size. Markdown to the terminal, JSON where it is asked for."""
    options = _parse(arguments)
    sizes = [max(options.sizes)] if options.explain else options.sizes
    runs: dict[str, Run] = {}
    sizes = [min(sizes)] if options.notices else sizes
    with postgres.database("benchmark", reset=True) as addresses:
        if addresses.socket is None:
            sys.exit("Mätningen gör egna databaser och vill ha en egen server. Kör den utan DATABASE_URL.")
        postmaster = _postmaster(addresses)
        for size in sizes:
            own = Addresses.at(addresses.socket, f"register_{size}")
            register = _fill(size, own)
            if options.notices:
                sys.stdout.write(_output("benchmarks.notices", str(options.notices), own))
            elif options.explain:
                sys.stdout.write(f"## {register['words']}\n\n{_explain(own, register)}")
            else:
                runs[register["words"]] = _measure(own, register, postmaster, options.rounds)
    if options.explain or options.notices:
        return
    sys.stdout.write(markdown(runs))
    if options.json:
        options.json.write_text(json.dumps(as_json(runs), ensure_ascii=False, indent=1))


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("manage.py benchmark", description="Mät sidorna i register av olika storlek.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="antal observationer i varje register")
    parser.add_argument("--rounds", type=int, default=20, help="gånger som varje sida visas (20)")
    parser.add_argument("--explain", action="store_true", help="visa vad databasen gör för sidorna i det största")
    parser.add_argument("--notices", type=int, default=0, help="mät i stället utskicket av så många mejl")
    parser.add_argument("--json", type=Path, help="fil att skriva alla siffror till")
    return parser.parse_args(arguments)


def _fill(size: int, addresses: Addresses) -> dict[str, Any]:
    """A new database with so many observations; returns what `benchmarks.register` tells of it."""
    say(f"Fyller ett register med {size} observationer …")
    with psycopg.connect(addresses.owner.replace(f"register_{size}", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE register_{size}")
    told = _output("benchmarks.register", str(size), addresses)
    register: dict[str, Any] = json.loads(told.splitlines()[-1])
    return register


def _explain(addresses: Addresses, register: dict[str, Any]) -> str:
    return _output("benchmarks.explaining", json.dumps(register["addresses"]), addresses)


def _output(module: str, argument: str, addresses: Addresses) -> str:
    """What a module says that is run in a process of its own, which has the database's address."""
    command, environment = [sys.executable, "-m", module, argument], _environment() | addresses.environment
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True).stdout


def _measure(addresses: Addresses, register: dict[str, Any], postmaster: int, rounds: int) -> Run:
    from demo.story.people import ACCOUNTS, PASSWORD, address

    web = {name: value for name, value in _environment().items() if name not in FOR_COMMANDS}
    with served(web | {"DATABASE_URL": addresses.application}) as (port, servers):
        browsers = {role: Browser(port) for role in (SAMORDNARE, REPRESENTATIVE)}
        for role, browser in browsers.items():
            browser.sign_in(address(ACCOUNTS[role]), PASSWORD)
        bench = Bench(port, servers, postmaster, browsers, register["addresses"])
        run = bench.run(rounds, addresses.application, say)
        say("Första visningen i en långsam webbläsare …")
        run.paints = first_paints(port, browsers, register["addresses"])
        return run


def _environment() -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "SECRET_KEY": "only-to-measure-what-a-page-costs-" * 2,
        "DEBUG": "false",
        "DEMO": "true",
        "HTTPS": "false",
        "ALLOWED_HOSTS": "127.0.0.1:*",
        **FOR_COMMANDS,
        "STATIC_ROOT": str(ROOT / ".local" / "static"),
    }


def _postmaster(addresses: Addresses) -> int:
    """The process of the database's server, which has started the one of each connection."""
    with psycopg.connect(addresses.owner) as connection:
        return parent(connection.info.backend_pid)
