"""Documents to test with."""

from datetime import UTC, date, datetime
from typing import Any

from base.documents.tree import Block, Column, Document, Facts, Paragraph, Sender, Subheading, Table

TYPED = (
    'Det som skrivs: #import "x": * $ x^2 $ *fet* \\ <label> @ref `rå` _kursiv_ // kommentar /* */ [a] {b} #panic()'
    ' &amp; <b>fet</b> {{ name }} %s 👍🏽 😀 "citat" -- --- ... ~ = 1. två  blanksteg ÅÄÖ åäö é'
)


def document(*blocks: Block, **facts: Any) -> Document:
    return Document(
        **{
            "title": "Minnesanteckningar",
            "about": "Möte 25 november 2026",
            "sender": Sender("Trygghet Vetlanda"),
            "day": date(2026, 11, 25),
            "made_at": datetime(2026, 11, 25, 14, 50, tzinfo=UTC),
            "blocks": blocks,
            **facts,
        }
    )


def actions(rows: int) -> Table:
    columns = (Column("Beslut", 2), Column("Åtgärd", 6), Column("Ansvarig", 5), Column("Svar senast", 4))
    row = ("Byt armaturerna och visa när det är klart.", "Kommunledningsförvaltningen", "onsdag 9 december")
    return Table(columns, tuple((f"2026-{n}", *row) for n in range(1, rows + 1)))


def of_every_kind() -> Document:
    return document(
        Facts((("Tid", "Onsdag 25 november 2026, 13.00"), ("Plats", "Sessionssalen"))),
        Subheading("Närvaro"),
        Table((Column("Organisation"), Column("Närvarande")), (("Räddningstjänsten", "Omar Prov, ordinarie"),)),
        Subheading("6. Nya ärenden"),
        Subheading("6.1 Mörkt i tunneln", level=3),
        Paragraph("Ärendet är nytt.", soft=True),
        Paragraph("Första raden.\nAndra raden."),
        Paragraph("Gruppen föreslår Tekniska att laga lampan.", lead="Beslut 2026-14:"),
        Paragraph("Gruppen noterar informationen.", lead="Beslut 2026-15, struket:", struck=True),
    )
