from django.db import models


class Dated(models.Model):
    """What every table of the register has: when the row came and when it last changed."""

    created_at = models.DateTimeField("skapad", auto_now_add=True, editable=False)
    updated_at = models.DateTimeField("ändrad", auto_now=True, editable=False)

    class Meta:
        abstract = True
