from django.db import models

from base.swedish.words import capital


class Channel(models.TextChoices):
    """How a word reached the register: given by oneself, or recorded by the samordnare on one's behalf."""

    SIGNED_IN = "signed_in", "själv, inloggad"
    PHONE = "phone", "på telefon"
    MAIL = "mail", "i mejl"
    MEETING = "meeting", "på mötet"

    @classmethod
    def on_behalf(cls) -> list[tuple[str, str]]:
        """The choices for what somebody else said."""
        return [(value, capital(label)) for value, label in cls.choices if value != cls.SIGNED_IN]
