"""The samordnare of a group that begins with the register enters its last meeting, which was held on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload

from meetings.models import Meeting
from meetings.planning import plan_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.files.made import pdf
from tests.browser.conftest import Enter
from tests.factories import IssueFactory

pytestmark = pytest.mark.browser

LINK = "Skriv in ett möte som har varit"


@pytest.mark.parametrize("way", ["phone", "desktop"], indirect=True)
def test_what_was_decided_on_paper_is_followed_up_at_the_next_meeting(
    enter: Enter, coordinator: Member, representative: Member
) -> None:
    Organisation.objects.update(active_from=date(2020, 1, 1))
    issue = IssueFactory(title="Mörkt i tunneln")
    coming = plan_meeting(starts_at=timezone.now() + timedelta(days=6), by=Actor.of(coordinator))
    maja = enter(coordinator)
    maja.opens("/moten/")
    maja.follows(LINK)
    maja.writes("Dag", f"{timezone.localdate() - timedelta(days=30)}")
    maja.writes("Började", "13:00")
    maja.writes("Slutade", "14:30")
    maja.writes("Plats", "Sessionssalen")
    maja.writes("Närvarande", "Omar Prov\nÅsa Ärlig, kurator, Brottsofferjouren")
    maja.writes("Beslut", "Nattvandringen fortsätter.\nLampan lagas (ärende 1999-7)")
    file: FilePayload = {"name": "anteckningar.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    maja.page.get_by_label("De gamla minnesanteckningarna").set_input_files(files=[file])
    maja.presses("Skriv in mötet")
    maja.reads("Rad 2: Det finns inget ärende med numret 1999-7.")
    maja.reads("Webbläsaren behåller inte filer, så välj dem igen.")

    maja.writes("Beslut", f"Nattvandringen fortsätter.\nLampan lagas (ärende {issue.number})")
    maja.page.get_by_label("De gamla minnesanteckningarna").set_input_files(files=[file])
    maja.presses("Skriv in mötet")
    maja.reads("Mötet är inskrivet. Ingen får något mejl.")
    maja.reads("Originalet är bilaga 1.")
    maja.reads("13.00–14.30")
    maja.reads("Nattvandringen fortsätter.")

    omar = enter(representative)
    omar.opens(coming.get_absolute_url())
    omar.reads("Nattvandringen fortsätter.")
    omar.opens(issue.get_absolute_url())
    omar.reads("Lampan lagas.")
    assert Meeting.objects.filter(is_on_paper=True).count() == 1
