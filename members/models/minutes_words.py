"""What a group calls the minutes of its meetings, in the forms that sentences need: here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class MinutesName(models.TextChoices):
    NOTES = "notes", "Minnesanteckningar"
    PROTOCOL = "protocol", "Protokoll"

    @property
    def words(self) -> MinutesWords:
        return WORDS[self]


@dataclass(frozen=True)
class MinutesWords:
    """The forms of one name, as they stand inside a sentence.

    name      minnesanteckningar · protokoll
    definite  minnesanteckningarna · protokollet
    them      dem · det
    open      öppna · öppet
    done      klara · klart
    old       de gamla minnesanteckningarna · det gamla protokollet
    corrected  rättade minnesanteckningar · rättat protokoll
    collected  minnesanteckningarna · protokollen: those of several meetings
    previous  föregående minnesanteckningar · föregående protokoll: the heading that a template comes with
    """

    name: str
    definite: str
    them: str
    open: str
    done: str
    old: str
    corrected: str
    collected: str
    previous: str

    @staticmethod
    def of(name: str) -> MinutesWords:
        """The forms of a stored name; of what was frozen before there was a choice the first."""
        return MinutesName(name or MinutesName.NOTES).words


WORDS = {
    MinutesName.NOTES: MinutesWords(
        name="minnesanteckningar",
        definite="minnesanteckningarna",
        them="dem",
        open="öppna",
        done="klara",
        old="de gamla minnesanteckningarna",
        corrected="rättade minnesanteckningar",
        collected="minnesanteckningarna",
        previous="föregående minnesanteckningar",
    ),
    MinutesName.PROTOCOL: MinutesWords(
        name="protokoll",
        definite="protokollet",
        them="det",
        open="öppet",
        done="klart",
        old="det gamla protokollet",
        corrected="rättat protokoll",
        collected="protokollen",
        previous="föregående protokoll",
    ),
}
