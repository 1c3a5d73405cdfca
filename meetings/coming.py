"""What comes after a meeting: the next usual one, and the extra ones that are held before that."""

from __future__ import annotations

from dataclasses import dataclass, field

from meetings.models import Meeting


@dataclass(frozen=True)
class ComingMeetings:
    """The next usual meeting, None where none is planned, and the extra ones before it, in their order."""

    usual: Meeting | None = None
    extra: list[Meeting] = field(default_factory=list)

    @classmethod
    def after(cls, meeting: Meeting) -> ComingMeetings:
        """Those that stand in the calendar after the meeting; in one query."""
        extra: list[Meeting] = []
        for one in Meeting.objects.coming_after(meeting):
            if not one.is_extra:
                return cls(one, extra)
            extra.append(one)
        return cls(None, extra)

    def __bool__(self) -> bool:
        return bool(self.usual or self.extra)
