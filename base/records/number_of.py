from django.db.models import IntegerField, Subquery


class NumberOf(Subquery):
    """The number of rows of a query, which may be cut off at a ceiling; as a part of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS numbered)"
    output_field = IntegerField()
    empty_result_set_value = 0
