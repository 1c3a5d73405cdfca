"""Telling the whole story, once, to a register that is empty."""

from django.db import transaction
from django.utils import timezone

from members.models import Member, Organisation
from temagrupp.demo_story import since_second_meeting, until_first_meeting, until_second_meeting
from temagrupp.demo_story.clock import Clock, told_by
from temagrupp.demo_story.teller import Teller


def is_empty() -> bool:
    """Whether nobody has begun to use this register."""
    return not Organisation.objects.exists() and not Member.objects.exists()


@transaction.atomic
def tell_story() -> None:
    """Three months that end today. All or nothing."""
    clock = Clock(timezone.now())
    teller = Teller(clock)
    with told_by(clock):
        for chapter in (until_first_meeting, until_second_meeting, since_second_meeting):
            chapter.tell(teller)
