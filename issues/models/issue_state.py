from django.db import models


class IssueState(models.TextChoices):
    """Where the group has an issue. Whether actions are under way is asked of those."""

    NEW = "new", "Nytt"
    OPEN = "open", "Öppet"
    ON_HOLD = "on_hold", "Vilar"
    CLOSED = "closed", "Avslutat"
