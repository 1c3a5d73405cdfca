"""Who leads a meeting to come or writes its minutes, and is expected for no organisation: most often the samordnare.

She is called as the others are, and asked for no answer, for no deputy could take her place; and she stands in no
figure of who comes. Who has said no for the organisation that she sits for does not come.
"""

from __future__ import annotations

from meetings.attendance import AttendanceRow
from meetings.models import Meeting
from members.models import Member


def who_run(meeting: Meeting, table: list[AttendanceRow]) -> list[Member]:
    """They, who are of the group, beside those whom the rows of the meeting expect."""
    expected = {row.expected.member.pk for row in table if row.expected}
    excused = {member.pk for row in table for member in row.excused}
    beside = {meeting.chair_id, meeting.secretary_id} - expected - excused
    return list(Member.objects.of_the_group().filter(pk__in=beside).in_order()) if beside else []
