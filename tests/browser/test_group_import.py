"""A samordnare brings in the group from a sheet that somebody has mailed, puts right what is wrong, and invites."""

from __future__ import annotations

from typing import Any

import pytest

from members.models import Member, Organisation, Seat
from tests.base.imports.workbooks import workbook
from tests.browser.conftest import Enter
from tests.members.importing import KIM, lines

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("way", ["phone without scripts", "desktop by keyboard"], indirect=True),
]


def test_the_group_is_brought_in_from_a_sheet(enter: Enter, coordinator: Member, technical: Organisation) -> None:
    maja = enter(coordinator)

    maja.goes_to("Gruppen")
    maja.follows("Importera gruppen")
    maja.presses("Läs in")
    maja.reads("Välj en fil eller klistra in raderna.")
    maja.writes("Eller klistra in raderna", lines(KIM, "Tekniska förvaltningen|||Bo Prov||||ersättare|"))
    maja.presses("Läs in")
    maja.reads_heading("Stämmer kolumnerna?")
    maja.picks("Befattning läses in som", "Läs inte in")
    maja.presses("Granska raderna")
    maja.reads_heading("En ny organisation, en ny medlem och en ny plats")
    maja.reads("Rad 3: Bo Prov, Tekniska förvaltningen")
    maja.reads("Skriv e-postadressen: med den loggar medlemmen in.")
    maja.presses("Importera")
    maja.reads("Rätta felen och läs in på nytt, eller lämna raderna med fel utanför.")
    maja.chooses("Lämna raden med fel utanför")
    maja.presses("Importera")
    maja.reads_heading("Importerat: en ny organisation, en ny medlem och en ny plats")
    maja.follows("Bjud in dem som inte har loggat in")
    maja.reads("Kim Skiss")

    kim = Seat.objects.get(organisation__name="Hamnbolaget AB").member
    assert (kim.name, kim.title) == ("Kim Skiss", "")


def test_another_sheet_of_the_workbook_is_chosen(enter: Enter, coordinator: Member) -> None:
    def more(book: Any, sheet: Any) -> None:
        older = book.add_worksheet("2025")
        older.write_row(0, 0, ["Namn", "E-post"])
        older.write_row(1, 0, ["Alex Utkast", "alex@exempel.se"])

    headings = ["Namn", "E-post", "Titel"]
    content = workbook(headings, ["Kim Skiss", "kim@exempel.se", "Chef"], change=more)
    maja = enter(coordinator)

    maja.goes_to("Gruppen")
    maja.follows("Importera gruppen")
    maja.page.get_by_label("Fil", exact=True).set_input_files(
        {"name": "gruppen.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    maja.presses("Läs in")
    maja.picks("Blad", "2025 (1 rad)")
    maja.presses("Byt blad")
    maja.reads("alex@exempel.se")
    maja.presses("Granska raderna")
    maja.reads("Bladet ”2025” läses in, inte det andra.")
    maja.presses("Importera")
    maja.reads_heading("Importerat: en ny medlem")

    assert not Member.objects.filter(email="kim@exempel.se").exists()
