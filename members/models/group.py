from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from base.records import FreeLine, FreeText, MailAddress, Telephone, Versioned
from base.records.conflicts import Acting
from base.swedish.working_days import working_day_from
from members.models.minutes_words import MinutesName, MinutesWords

UNNAMED = "Temagruppens register"
"""What the register is called until the group has given its name."""

USUAL_REMINDER = "Gruppen behöver ert besked för att kunna gå vidare med ärendet."

SETTINGS = ("name", "municipality", "answer_days", "minutes_name", "approves_minutes", "demo")
"""What every page reads of them, and so comes with the member; the others are read when one asks."""


class GroupQuerySet(models.QuerySet["Group"]):
    def as_json(self) -> models.QuerySet[Group, Any]:
        """The settings as the one column, for another query; no row until somebody has changed something."""
        return self.values_list(JSONObject(**{name: name for name in SETTINGS}))[:1]


@pghistory.track()
class Group(Versioned):
    """The temagrupp's own settings: one row, or none until somebody has changed something."""

    name = FreeLine("gruppens namn", max_length=80, default=UNNAMED)
    municipality = FreeLine("kommun", max_length=80, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        "dagar att svara på en fråga", default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    call_days = models.PositiveSmallIntegerField(
        "dagar från kallelse till möte", default=7, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    registrar_mail = MailAddress("registratorns e-post", blank=True)
    minutes_name = models.CharField(
        "vad det skrivna från ett möte heter", max_length=8, choices=MinutesName, default=MinutesName.NOTES
    )
    sender = FreeLine("avsändare", max_length=120, blank=True)
    papers_mail = MailAddress("frågor om papperen", blank=True)
    approves_minutes = models.BooleanField("anteckningarna justeras", default=False)
    reminder_text = FreeText("text i påminnelser", max_length=600, blank=True, default=USUAL_REMINDER)
    # Who answers for what the register keeps: never guessed, so empty until the group has said it.
    controller = FreeLine("personuppgiftsansvarig", max_length=120, blank=True)
    records_owner = FreeLine("vems allmänna handlingar", max_length=120, blank=True)
    legal_ground = FreeText("rättslig grund", max_length=600, blank=True)
    protection_mail = MailAddress("dataskyddsombudets e-post", blank=True)
    protection_phone = Telephone("dataskyddsombudets telefon", max_length=60, blank=True)
    accessibility_mail = MailAddress("e-post om tillgänglighet", blank=True)
    accessibility_phone = Telephone("telefon om tillgänglighet", max_length=60, blank=True)
    accessibility_days = models.PositiveSmallIntegerField(
        "svar om tillgänglighet inom (dagar)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    demo = models.BooleanField("innehåller demodata", default=False, editable=False)
    demo_edition = models.CharField(max_length=12, blank=True, editable=False)  # which edition of the story it holds
    demo_told_on = models.DateField(null=True, editable=False)  # the day that the story is counted from

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="group_has_one_row")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("members:group")

    @property
    def is_named(self) -> bool:
        return self.name != UNNAMED

    @property
    def signed_as(self) -> str:
        """Who its papers and mails are from: what it has chosen for that, or else its name."""
        return self.sender or self.name

    @property
    def minutes(self) -> MinutesWords:
        """What the minutes are called from now on, in the forms of sentences; of what is frozen it says so itself."""
        return MinutesWords.of(self.minutes_name)

    @classmethod
    def current(cls) -> Group:
        """The group's settings, or the defaults unsaved: reading never writes."""
        return cls.objects.first() or cls(pk=1)

    @classmethod
    def from_json(cls, settings: dict[str, Any] | None) -> Group:
        """The group's settings out of `as_json`: to read, not to change."""
        if settings is None:
            return cls(pk=1)
        known = {"id": 1, **settings}
        names = [field.attname for field in cls._meta.concrete_fields if field.attname in known]
        return cls.from_db(None, names, [known[name] for name in names])

    def answer_due(self, asked: date | None = None) -> date:
        """The day an answer is due by default: the working day `answer_days` after it was asked (default today)."""
        return working_day_from((asked or timezone.localdate()) + timedelta(days=self.answer_days))

    @transaction.atomic
    def change(self, *, by: Acting, version: str = "", **facts: Any) -> None:
        """Set new settings; the first time writes the row. Raises EditConflict, ValidationError."""
        _, is_first = Group.objects.get_or_create(pk=1)
        self._state.adding = False  # where `current` made it of the defaults, there is a row from here on
        self.lock("" if is_first else version, texts=facts)
        self.set(facts, by=by)
        self.save_checked(facts)
