from django.db import models


class Channel(models.TextChoices):
    """How a word reached the register: given by oneself, or recorded by the samordnare on one's behalf."""

    SIGNED_IN = "signed_in", "själv, inloggad"
    PHONE = "phone", "på telefon"
    MAIL = "mail", "i mejl"
    MEETING = "meeting", "på mötet"

    @classmethod
    def on_behalf(cls) -> list[tuple[str, str]]:
        """The choices for what somebody else said."""
        return [choice for choice in cls.choices if choice[0] != cls.SIGNED_IN]
