"""`manage.py check_guard`: figures of a marked file, and answers a line at a time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from temagrupp.tools.terminal import ROOT


def run(*arguments: str, given: str = "") -> str:
    command = [sys.executable, str(ROOT / "manage.py"), "check_guard", *arguments]
    environment = {"PATH": "/usr/bin:/bin"}  # no database, no key
    return subprocess.run(
        command, input=given, capture_output=True, text=True, check=True, cwd="/", env=environment
    ).stdout


def test_each_line_of_json_is_answered_by_one_in_code_points() -> None:
    asked = [{"text": "🙂 690130-9846"}, {"text": "Lampan är trasig."}, {"text": "Han heter Kevin."}]

    answered = run("--json", "-", given="".join(json.dumps(one) + "\n" for one in asked))

    assert [json.loads(line) for line in answered.splitlines()] == [
        {"found": [{"kind": "personnummer", "start": 2, "end": 13}]},
        {"found": []},
        {"found": [{"kind": "name", "start": 10, "end": 15}]},
    ]


def test_a_line_that_is_no_object_with_a_text_is_answered_in_its_place() -> None:
    answered = run("--json", "-", given='inte json\n["text"]\n{"text": 5}\n{"text": "Han heter Kevin."}\n')

    refused = {"found": [], "error": 'Raden är inte ett JSON-objekt med "text".'}
    assert [json.loads(line) for line in answered.splitlines()] == [
        *[refused] * 3,
        {"found": [{"kind": "name", "start": 10, "end": 15}]},
    ]


def test_a_marked_file_is_told_in_figures_and_in_what_was_missed(tmp_path: Path) -> None:
    file = tmp_path / "few.tsv"
    rows = ["Han heter {name:Kevin}.", "Numret är {phone:12345}.", "Det var Kevin.", "Mörkt här."]
    file.write_text("# words about it\n" + "".join(f"report\t{row}\n" for row in rows))

    told = run(str(file)).splitlines()

    assert told == [
        "few.tsv: 4 meningar",
        "  uppgifter: funna 0 av 1 (0,0 %), falska larm 0 av 3 (0,0 %)",
        "  namn:      funna 1 av 1 (100,0 %), falska larm 1 av 3 (33,3 %)",
        "  namn i gemener: funna 1 av 1 (100,0 %)",
        "  missad phone: 12345 | Numret är 12345.",
        "  falsk name: Kevin | Det var Kevin.",
    ]
