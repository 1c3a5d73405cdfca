"""The minutes are approved: chosen in the room, asked about at the closing, approved by her who was there."""

from __future__ import annotations

import pytest

from meetings.attendance import note_expected
from meetings.models import Approval, Minutes
from members.actor import Actor
from members.models import Group, Member
from tests.browser.conftest import Enter
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close
from tests.the import the

pytestmark = pytest.mark.browser

WAYS = pytest.mark.parametrize(
    "way", ["phone", "desktop", "phone without scripts", "desktop by keyboard"], indirect=True
)


@WAYS
def test_one_who_was_there_approves_the_minutes(
    enter: Enter, transactional_db: None, coordinator: Member, representative: Member
) -> None:
    by = Actor.of(coordinator)
    Group.current().change(by=by, approves_minutes=True)
    meeting = under_way(coordinator)
    note_expected(meeting, by=by)
    maja, omar = enter(coordinator), enter(representative)

    maja.opens(f"/moten/{meeting.pk}/avslut/")
    maja.reads("Ingen är vald att justera minnesanteckningarna.")
    maja.follows("Välj justerare")
    maja.chooses("Omar Prov, Tekniska förvaltningen")
    maja.presses("Spara")
    maja.reads("Justerare: Omar Prov.")
    close(meeting, coordinator)

    omar.opens("/")
    omar.reads_heading("Minnesanteckningarna väntar på att du justerar dem.")
    omar.follows("Minnesanteckningar, ")
    omar.follows("Jag vill ha något rättat")
    omar.writes("Vad vill du ha rättat?", "Tunneln heter Östra tunneln.")
    omar.presses("Skicka")
    omar.reads("Önskemålet är sparat.")
    maja.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    maja.reads("Tunneln heter Östra tunneln.")

    omar.presses("Justera version 1")
    omar.reads("Version 1 är justerad.")
    maja.opens(f"/moten/{meeting.pk}/minnesanteckningar/")
    maja.reads("Version 1 är justerad av Omar Prov")
    assert the(Approval.objects.last()).minutes == Minutes.objects.get(meeting=meeting)
