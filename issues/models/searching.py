"""What makes a row searchable: its words as one Swedish vector and as plain lower-case text, both stored."""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Lower


def searchable_vector(*fields: str) -> models.GeneratedField:
    """The fields' words, stemmed as Swedish."""
    return models.GeneratedField(
        expression=SearchVector(*fields, config="swedish"),
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def searchable_text(*fields: str) -> models.GeneratedField:
    """The fields' text in lower case, for words inside compounds and for misspellings."""
    parts: list[str | Value] = [fields[0]]
    for field in fields[1:]:
        parts += [Value(" "), field]
    return models.GeneratedField(
        expression=Lower(Concat(*parts, output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )
