"""The one gate for files: bytes from anybody in, bytes that are known to be what they say out.

Whatever takes a file from somebody asks here. A program that may break down looks into it and makes it anew (`apart/`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from base.files.kinds import FileKind
from base.files.names import file_name

PROGRAM = Path(__file__).with_name("apart") / "program.py"
SECONDS = 8
"""Of the processor; a large picture takes three."""
SECONDS_IN_ALL = 12
"""On the wall, for waiting and looking into all files of one request: a proxy waits fifteen for a page."""
SECONDS_TO_WAIT = 4
AT_ONCE = threading.Semaphore(2)
"""How many files one web process looks into at the same time: each may need a gigabyte."""

EMPTY = "Filen är tom. Öppna den, spara den på nytt och välj den igen."
BUSY = "Registret granskar andra filer just nu. Vänta en stund och välj filen igen."
TOO_DEMANDING = "Filen kräver för mycket minne eller tid för att granskas. Minska den, eller spara den som PDF."


@dataclass(frozen=True)
class ClearedFile:
    """A file that has passed the gate.

    name      as it is shown and saved, with the ending of its kind
    content   made anew: never a byte as it came
    notes     sentences on what did not come along
    position  latitude and longitude that a picture said of itself, to be offered; nothing of it is in the content
    """

    name: str
    kind: FileKind
    content: bytes = field(repr=False)
    notes: tuple[str, ...] = ()
    position: tuple[float, float] | None = None


def clear(content: bytes, name: str, *, ends: float = 0) -> ClearedFile:
    """The file of these bytes. Raises ValidationError with the sentence that says why not, and what to do instead.

    `ends` is when the answer must be there, by `time.monotonic`, where several files share the time.
    """
    _ensure_size(len(content))
    answer, made = _looked_into(content, ends or time.monotonic() + SECONDS_IN_ALL)
    if "refused" in answer:
        raise ValidationError(answer["refused"])
    _ensure_size(len(made))
    kind, position = FileKind(answer["kind"]), answer["position"]
    return ClearedFile(file_name(name, kind), kind, made, tuple(answer["notes"]), position and tuple(position))


def clear_sent(sent: UploadedFile[Any], *, ends: float = 0) -> ClearedFile:
    """The file that somebody sent; one that is too heavy is not read. Raises ValidationError."""
    _ensure_size(sent.size or 0)
    return clear(sent.read(), sent.name or "", ends=ends)


def _ensure_size(size: int) -> None:
    if not size:
        raise ValidationError(EMPTY)
    if size > settings.MOST_BYTES_OF_A_FILE:
        most = filesizeformat(settings.MOST_BYTES_OF_A_FILE)
        raise ValidationError(
            f"Filen är {filesizeformat(size)} och får vara högst {most}. Minska den, eller dela upp den."
        )


def _looked_into(content: bytes, ends: float) -> tuple[dict[str, Any], bytes]:
    """What the program answers, and the bytes that it has made. Raises ValidationError where it broke down.

    A file that had less than its time, for others came first, is not called demanding.
    """
    command = [sys.executable, "-I", str(PROGRAM), str(SECONDS)]
    if not AT_ONCE.acquire(timeout=max(0, min(SECONDS_TO_WAIT, ends - time.monotonic()))):
        raise ValidationError(BUSY)
    longest = max(0, ends - time.monotonic())
    try:  # in a session of its own, as a document is set
        program = subprocess.run(command, input=content, capture_output=True, start_new_session=True, timeout=longest)
    except subprocess.TimeoutExpired as held:
        raise ValidationError(TOO_DEMANDING if longest >= SECONDS else BUSY) from held
    finally:
        AT_ONCE.release()
    if program.returncode:
        raise ValidationError(TOO_DEMANDING)
    line, _, made = program.stdout.partition(b"\n")
    return json.loads(line), made
