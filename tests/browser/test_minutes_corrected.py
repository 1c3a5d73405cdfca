"""Minutes are sent, put right a week later as version 2, taken out in part, and handed in to the diarium."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from meetings.attendance import note_expected
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import pdf_text
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(
    "way", ["phone", "desktop", "phone without scripts", "desktop by keyboard"], indirect=True
)


def fetched(who: Person, link: str) -> bytes:
    """What the link leads to, which is a file."""
    address = who.page.get_by_role("link", name=link).first.get_attribute("href")
    return who.page.context.request.get(f"{who.page.url.split('/moten')[0]}{address}").body()


@WAYS
def test_minutes_are_sent_corrected_taken_out_in_part_and_handed_in(
    enter: Enter, transactional_db: None, coordinator: Member, representative: Member
) -> None:
    issue = IssueFactory(title="Mörkt i tunneln", opened_by=coordinator)
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))
    item = item_of(meeting, "Mörkt i tunneln")
    item.write_note(text="Armaturen är trasig.", version=0, by=Actor.of(coordinator))
    close(meeting, coordinator)
    maja, omar = enter(coordinator), enter(representative)

    maja.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    maja.presses("Skicka nu")
    maja.reads("Mejlen skickas inom någon minut")
    maja.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    maja.presses("Rätta minnesanteckningarna")
    maja.follows("Rätta på punkterna")
    maja.opens(item.get_absolute_url())
    maja.reads("blir version 2")
    maja.writes("Notering", "Två armaturer är trasiga.")
    maja.presses("Spara")
    maja.follows("Granska och spara rättelsen")
    maja.reads("Armaturen är trasig.")
    maja.follows("Rätta tid, plats och roller")
    maja.writes("Plats", "Sal 4")
    maja.presses("Spara")
    maja.reads("Plats: Sal 4.")
    omar.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    omar.reads("Armaturen är trasig.")
    maja.writes("Varför", "Efter en synpunkt.")
    maja.presses("Spara rättelsen")
    maja.reads("Version 2, rättad")

    omar.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    omar.reads("Två armaturer är trasiga.")
    omar.reads("Plats: Sal 4, tidigare")
    extract = pdf_text(fetched(omar.unfolds("Utdrag för ett ärende"), f"PDF av ärende {issue.number}"))
    assert "Två armaturer är trasiga." in " ".join(extract.split())

    maja.follows("Till diariet")
    package = ZipFile(BytesIO(fetched(maja, "paket")))
    assert any(name.endswith("METS.xml") for name in package.namelist())
    assert Meeting.objects.get(pk=meeting.pk).place == "Sal 4"
