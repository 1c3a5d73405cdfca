"""Everything that the folder `data` holds, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from demo.story.people import Person, person
from demo.story.reading import Record, read_csv, read_toml

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Data:
    """The story as it is written. A new kind of happening is a new file here, and a chapter that tells of it."""

    organisations: list[Record]
    members: list[Record]
    places: list[Record]
    observations: list[Record]
    nil_reports: list[Record]
    issues: list[Record]
    meetings: list[Record]
    paper_meetings: list[Record]
    maskings: list[Record]
    people: dict[str, Person]


@cache
def read_data(folder: Path = FOLDER) -> Data:
    """Raises StoryError."""
    members = read_csv(folder / "medlemmar.csv")
    return Data(
        organisations=read_csv(folder / "organisationer.csv"),
        members=members,
        places=read_csv(folder / "platser.csv"),
        observations=[row for file in sorted((folder / "observationer").glob("*.csv")) for row in read_csv(file)],
        nil_reports=read_csv(folder / "inget_att_rapportera.csv"),
        issues=[row for file in sorted((folder / "arenden").glob("*.toml")) for row in read_toml(file, "arende")],
        meetings=read_toml(folder / "moten.toml", "mote"),
        paper_meetings=read_toml(folder / "moten_pa_papper.toml", "mote"),
        maskings=read_toml(folder / "maskeringar.toml", "maskering"),
        people={row["namn"]: person(row) for row in members},
    )
