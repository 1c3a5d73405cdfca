"""The program that looks into one file and ends: its bytes come on stdin, what is kept of it goes to stdout.

`gate.py` starts it, in a process of its own with little memory and little time. Of ours it imports nothing but its
neighbours. What a file is, is told by its content and never by its name. It answers with a line of JSON, and after it
the bytes.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

MEMORY = 1024 * 1024 * 1024
HEIF = {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"heis", b"hevc"}


def main(seconds: int) -> None:
    """Answer within so many seconds of the processor, and half as many again on the wall."""
    # The system ends us then, whatever we are at, and whether or not anybody still waits for us.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 1.5 * seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.path.append(str(Path(__file__).resolve().parents[3]))  # it is started alone, and knows nobody
    from base.files.apart.refusing import TOO_MUCH, RefusedError

    try:
        told, content = _look(sys.stdin.buffer.read())
    except RefusedError as refused:
        told, content = {"refused": str(refused)}, b""
    except MemoryError:
        told, content = {"refused": TOO_MUCH}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + content)


def _look(content: bytes) -> tuple[dict[str, object], bytes]:
    """What is kept of the content: what it is, and its bytes. Each kind is read by its own, and no other is loaded."""
    if content.startswith(b"%PDF-"):
        from base.files.apart.pdf import pdf as read
    elif content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content) or _is_heif(content):
        from base.files.apart.picture import picture as read
    elif content.startswith(b"PK\x03\x04"):
        from base.files.apart.office import office as read
    else:
        raise _refused(content)
    made = read(content)
    return {"kind": made.kind, "notes": made.notes, "position": made.position}, made.content


def _is_webp(content: bytes) -> bool:
    return content.startswith(b"RIFF") and content[8:12] == b"WEBP"


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIF


def _refused(content: bytes) -> Exception:
    """The refusal of what it is instead, as far as its first signs tell."""
    from base.files.apart.office import OLD_PACKAGE, old_office
    from base.files.apart.refusing import not_taken

    if content.startswith(OLD_PACKAGE):
        return old_office(content)
    begins = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if b"<svg" in begins:
        return not_taken("Filen är en ritning i formatet SVG. Spara den som PDF eller PNG.")
    if begins.startswith((b"<!doctype html", b"<html", b"<head", b"<script", b"<body")):
        return not_taken("Filen är en webbsida. Skriv ut den som PDF.")
    if begins.startswith((b"mz", b"\x7felf", b"#!")):
        return not_taken("Filen är ett program.")
    if begins.startswith((b"gif8", b"ii*\0", b"mm\0*", b"bm")):
        return not_taken("Bilden är i ett format som inte tas emot. Spara den som PNG eller JPEG.")
    if begins.startswith(b"{\\rtf"):
        return not_taken("Filen är i formatet RTF. Spara den som PDF eller docx.")
    return not_taken("Filen är av ett slag som inte tas emot.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
