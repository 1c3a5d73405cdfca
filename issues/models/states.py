"""The states of an action and of an issue, apart from the models that have them: conditions on either name both."""

from django.db import models


class IssueState(models.TextChoices):
    """Where the group has an issue. Whether actions are under way is asked of those."""

    NEW = "new", "Nytt"
    OPEN = "open", "Öppet"
    ON_HOLD = "on_hold", "Vilar"
    CLOSED = "closed", "Avslutat"


class ActionState(models.TextChoices):
    """Where an action stands between the group that asks and the organisation that answers."""

    DRAFT = "draft", "Utkast"
    PROPOSED = "proposed", "Föreslagen"
    QUESTION = "question", "Fråga till gruppen"
    ACCEPTED = "accepted", "Accepterad"
    ONGOING = "ongoing", "Pågår"
    DECLINED = "declined", "Avböjd"
    DONE = "done", "Klar"
    CANCELLED = "cancelled", "Återtagen"


PROMISED = frozenset({ActionState.ACCEPTED, ActionState.ONGOING})
"""An organisation has said yes and is not done."""
ENDED = frozenset({ActionState.DECLINED, ActionState.DONE, ActionState.CANCELLED})
"""Nobody has anything left to do or to answer."""
CARRIED = frozenset({ActionState.PROPOSED, ActionState.QUESTION, ActionState.DONE}) | PROMISED
"""Somebody answers for it, or has done it."""
