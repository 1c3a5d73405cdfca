"""A program that plays a recogniser: it calls every word "Zork" a name. What it does wrong is its first argument."""

import json
import os
import re
import sys
import time
from pathlib import Path

ZORK = re.compile("Zork")
ANSWERS = {
    "says rubbish": "ÅÄÖ Zork",
    "says another kind": '{"found": [{"kind": "shoe", "start": 0, "end": 1}]}',
    "points outside": '{"found": [{"kind": "name", "start": 0, "end": 1000}]}',
    "points backwards": '{"found": [{"kind": "name", "start": 3, "end": 1}]}',
    "counts in letters": '{"found": [{"kind": "name", "start": "a", "end": true}]}',
    "says a number": "5",
    "nests": "[" * 100_000,
    "never ends its line": "x" * 2_000_000,
}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(part: str, noted: str) -> None:
    with Path(noted).open("a") as notes:
        notes.write(f"{os.getpid()} {' '.join(sorted(os.environ))}\n")
    if part == "slow to start":
        time.sleep(0.5)
    if part == "says hello":
        say("Loading …")
    if part == "never starts":
        sys.exit(1)
    for line in sys.stdin:
        answer(part, json.loads(line)["text"])


def answer(part: str, text: str) -> None:
    found = [{"kind": "name", "start": one.start(), "end": one.end()} for one in ZORK.finditer(text)]
    if part == "hangs" and text:
        time.sleep(60)
    if part == "dies" and text:
        sys.exit(1)
    say((text and ANSWERS.get(part)) or json.dumps({"found": found}))
    if part == "goes on talking" and text:
        say("and another thing")


main(*sys.argv[1:])
