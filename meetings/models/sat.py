"""Who was there, as what and for which part: the columns of a presence, and of how it stood before a correction."""

from __future__ import annotations

from django.contrib.postgres.fields import DecimalRangeField
from django.db import models

from base.records import FreeLine
from members.models import Member, Organisation

LONGEST_NAME, LONGEST_TITLE, LONGEST_HOME = 100, 120, 120


class Sat(models.Model):
    """Abstract of what tells of a person who was there: a member, or one without an account, who is named."""

    class Capacity(models.TextChoices):
        ORDINARY = "ordinary", "Ordinarie"
        DEPUTY = "deputy", "Ersättare"
        NONE = "none", "Deltagare"
        GUEST = "guest", "Gäst"
        CO_OPTED = "co_opted", "Adjungerad"
        POLITICIAN = "politician", "Förtroendevald"
        RESIDENT = "resident", "Invånare"
        CHAIR = "chair", "Ordförande"
        SECRETARY = "secretary", "Sekreterare"

    class Part(models.TextChoices):
        SPEAKS = "speaks", "Talar för organisationen"
        TAKES_PART = "takes_part", "Deltar"
        GUEST = "guest", "Gäst"
        OFFICER = "officer", "Leder mötet eller skriver"
        RELIEVED = "relieved", "Ledde mötet eller skrev"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", null=True, blank=True)
    name = FreeLine("namn", max_length=LONGEST_NAME, blank=True)
    title = FreeLine("titel", max_length=LONGEST_TITLE, blank=True)
    home = FreeLine("varifrån", max_length=LONGEST_HOME, blank=True)
    capacity = models.CharField(max_length=20, choices=Capacity)
    part = models.CharField(max_length=20, choices=Part)
    items = DecimalRangeField()

    class Meta:
        abstract = True
