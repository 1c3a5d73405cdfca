"""`manage.py check_guard`: what the guard finds in marked sentences, in figures, or in other texts, as JSON."""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from base.swedish.guard import Found, Kind, find

MARK = re.compile(r"\{(" + "|".join(Kind) + r"):([^{}]*)\}")


class Sentence(NamedTuple):
    """A sentence without its marks, and what is to be found in it."""

    text: str
    marked: list[Found]


class Tally(NamedTuple):
    """Of what was marked how much was found, and of the sentences without marks how many had something."""

    marked: int
    found: int
    quiet: int
    alarmed: int

    def __str__(self) -> str:
        return (
            f"funna {self.found} av {self.marked} ({_percent(self.found, self.marked)}), "
            f"falska larm {self.alarmed} av {self.quiet} ({_percent(self.alarmed, self.quiet)})"
        )


def run_check(arguments: list[str]) -> None:
    """Run the command; ends the process with a sentence when the file cannot be read."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever reads may stop reading
    parser = argparse.ArgumentParser(prog="manage.py check_guard", description="Prövar vakten på meningar.")
    parser.add_argument("files", nargs="*", type=Path, help="rader av slag, tabb och mening med märken")
    parser.add_argument("--json", help="läs en rad JSON i taget från filen, - för standard in, och svara likadant")
    asked = parser.parse_args(arguments)
    if asked.json:
        _answer(sys.stdin if asked.json == "-" else Path(asked.json).open(encoding="utf-8"))  # noqa: SIM115
    for file in asked.files:
        try:
            sentences = list(read(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError) as error:
            sys.exit(f"{file} går inte att läsa: {error}")
        _print(file, sentences)


def _answer(lines: Iterable[str]) -> None:
    """A JSON object a line, `{"text": …}`; answers one a line, `{"found": [{"kind", "start", "end"}, …]}`.

    A line that is no such object is answered by one with `error`, so that the answers keep step with what was asked.
    """
    for line in filter(str.strip, lines):
        try:
            answer = {"found": [one._asdict() for one in find(json.loads(line)["text"])]}
        except (ValueError, TypeError, KeyError, AttributeError):
            answer = {"found": [], "error": 'Raden är inte ett JSON-objekt med "text".'}  # type: ignore[dict-item]
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def read(rows: str) -> Iterator[Sentence]:
    """Yield the sentences of a corpus; rows that begin with # are words about it."""
    for row in rows.splitlines():
        if row.strip() and not row.startswith("#"):
            yield unmarked(row.split("\t", 1)[-1])


def unmarked(sentence: str) -> Sentence:
    """The sentence as it was written, without `{kind:…}`, and where the marked stands in it."""
    text, marked, end = "", [], 0
    for mark in MARK.finditer(sentence):
        text += sentence[end : mark.start()]
        marked.append(Found(Kind(mark[1]), len(text), len(text) + len(mark[2])))
        text += mark[2]
        end = mark.end()
    return Sentence(text + sentence[end:], marked)


def tally(sentences: list[Sentence], *, names: bool) -> Tally:
    """What was found of the names, or of all the other kinds. A finding counts where it lies over what was marked."""
    marked = found = quiet = alarmed = 0
    for sentence in sentences:
        met = [one for one in find(sentence.text) if one.kind.is_hint == names]
        asked = [one for one in sentence.marked if one.kind.is_hint == names]
        marked += len(asked)
        found += sum(any(_is_met(one, other) for other in met) for one in asked)
        quiet += not asked
        alarmed += not asked and bool(met)
    return Tally(marked, found, quiet, alarmed)


def _is_met(marked: Found, met: Found) -> bool:
    return marked.kind == met.kind and met.start < marked.end and marked.start < met.end


def _print(file: Path, sentences: list[Sentence]) -> None:
    sys.stdout.write(f"{file.name}: {len(sentences)} meningar\n")
    sys.stdout.write(f"  uppgifter: {tally(sentences, names=False)}\n")
    sys.stdout.write(f"  namn:      {tally(sentences, names=True)}\n")
    lowered = [Sentence(one.text.lower(), one.marked) for one in sentences]
    small = tally(lowered, names=True)
    sys.stdout.write(
        f"  namn i gemener: funna {small.found} av {small.marked} ({_percent(small.found, small.marked)})\n"
    )
    for sentence in sentences:
        _print_misses(sentence)


def _print_misses(sentence: Sentence) -> None:
    met = find(sentence.text)
    for one in sentence.marked:
        if not any(_is_met(one, other) for other in met):
            sys.stdout.write(f"  missad {one.kind}: {sentence.text[one.start : one.end]} | {sentence.text}\n")
    for one in met:
        if not any(_is_met(other, one) for other in sentence.marked):
            sys.stdout.write(f"  falsk {one.kind}: {sentence.text[one.start : one.end]} | {sentence.text}\n")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "0 %"
