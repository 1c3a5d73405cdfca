"""The samordnare's tasks before the next meeting, each with what remains of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from base.swedish.words import capital, day_and_month, in_words, number_word, plural, thousands
from issues.texts.action import group_headline
from temagrupp.home.panels import StartPanels


@dataclass(frozen=True)
class Task:
    """One line of the list. `left` says what remains; when nothing does, `outcome` says how it went."""

    what: str
    url: str
    about: str
    left: str = ""
    outcome: str = "Klar"

    @property
    def state(self) -> str:
        return "left" if self.left else "done"


class Preparation:
    """The list of tasks, and how far it has come."""

    def __init__(self, panels: StartPanels) -> None:
        self.panels = panels

    @cached_property
    def tasks(self) -> list[Task]:
        """What to set up first, then the work. In a new register nothing has come in: that is no work done."""
        work = [_sorting(self.panels), _chasing(self.panels)]
        if self.is_new:
            return [*self._setting_up, *_left(work), _meeting(self.panels)]
        return [*_left(self._setting_up), *work, _meeting(self.panels)]

    @property
    def is_beginning(self) -> bool:
        """Whether the register is being set up: it lacks a name, organisations, members or its first meeting."""
        return bool(_left(self._setting_up)) or (self.panels.meeting is None and self.panels.last_meeting is None)

    @property
    def is_new(self) -> bool:
        """Whether it is being set up and no meeting has been held."""
        return self.panels.last_meeting is None and self.is_beginning

    @cached_property
    def _setting_up(self) -> list[Task]:
        return _setting_up(self.panels)

    @property
    def left(self) -> int:
        return sum(bool(task.left) for task in self.tasks)

    @property
    def done(self) -> int:
        return len(self.tasks) - self.left

    @property
    def in_words(self) -> str:
        """The headline: Mötet är på onsdag. Två saker återstår. Only the first once it has begun or should have."""
        meeting, today = self.panels.meeting, self.panels.today
        is_empty = meeting is None and self.is_new and _left(self._setting_up)
        sentence = "Registret är nytt." if is_empty else self.panels.calendar_in_words
        if meeting and (meeting.is_under_way or meeting.day < today):
            return sentence
        remains = f"{capital(in_words(self.left, 'sak', 'saker'))} återstår." if self.left else "Allt är förberett."
        return f"{sentence} {remains}"


def _setting_up(panels: StartPanels) -> list[Task]:
    """The tasks of a register that is quite new, done or not; when a meeting has closed, somebody has been there."""
    tasks = [_name(panels), _organisations(panels)]
    return [*tasks, _members(panels)] if panels.last_meeting is None else tasks


def _name(panels: StartPanels) -> Task:
    about = "Namnet står överst på varje sida, i mejl och i dokument."
    left = "" if panels.member.group.is_named else "Inte angivet"
    return Task("Ange gruppens namn", reverse("members:group_change"), about, left)


def _organisations(panels: StartPanels) -> Task:
    about = "Varje organisation utser en ordinarie och en ersättare. Sedan kan de rapportera och svara."
    left = "" if panels.has_organisations else "Ingen än"
    entered = plural(panels.round.size, "organisation", "organisationer")
    return Task("Lägg till gruppens organisationer", reverse("members:group"), about, left, entered)


def _members(panels: StartPanels) -> Task:
    about = "Lägg till dem som organisationerna har utsett, och ge dem deras platser."
    left = "Ingen än" if panels.is_alone else ""
    return Task("Lägg till gruppens medlemmar", reverse("members:member_create"), about, left)


def _sorting(panels: StartPanels) -> Task:
    waiting, raised = panels.queue
    about = "Varje observation blir ett ärende, hör till ett som finns, noteras eller avvisas."
    if raised:
        about = f"{capital(number_word(raised))} bör tas upp på mötet."
    return Task("Sortera nya observationer", reverse("issues:triage"), about, _remaining(waiting))


def _chasing(panels: StartPanels) -> Task:
    counts = panels.needing_counts
    about, left = group_headline(counts), _remaining(counts.total())
    return Task("Följ upp åtgärder", reverse("issues:action_list"), about, left)


def _meeting(panels: StartPanels) -> Task:
    if panels.meeting is None:
        about = "När mötet finns i kalendern börjar dagordningen bygga sig själv."
        return Task("Planera nästa möte", reverse("meetings:create"), about, "Inte planerat")
    about = "Dagordningen bygger sig själv ur registret. Du ordnar, lägger till och tar bort."
    day = day_and_month(panels.meeting.day, today=panels.today)
    return Task("Nästa möte är planerat", panels.meeting.get_absolute_url(), about, outcome=capital(day))


def _left(tasks: list[Task]) -> list[Task]:
    return [task for task in tasks if task.left]


def _remaining(number: int) -> str:
    return f"{thousands(number)} återstår" if number else ""
