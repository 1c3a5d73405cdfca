"""The floor under the models: what every table of the register builds on. It knows no app."""

from base.records.address import MailAddress
from base.records.among import among
from base.records.conflicts import Attribution, Conflict, EditConflict, NotAllowed
from base.records.freetext import FreeHeading, FreeLine, FreeText
from base.records.pages import page_of
from base.records.restricted import Restrictable, RestrictableQuerySet, not_restricted, reading_restricted
from base.records.said_day import precision_column, said_columns, said_day, said_day_is_whole, words_column
from base.records.stateful import Stateful, entered_by_somebody
from base.records.stored_row import StoredRow
from base.records.telephone import Telephone
from base.records.timestamped import Timestamped
from base.records.versioned import Versioned
from base.records.web_address import WebAddress

__all__ = [
    "Attribution",
    "Conflict",
    "EditConflict",
    "FreeHeading",
    "FreeLine",
    "FreeText",
    "MailAddress",
    "NotAllowed",
    "Restrictable",
    "RestrictableQuerySet",
    "Stateful",
    "StoredRow",
    "Telephone",
    "Timestamped",
    "Versioned",
    "WebAddress",
    "among",
    "entered_by_somebody",
    "not_restricted",
    "page_of",
    "precision_column",
    "reading_restricted",
    "said_columns",
    "said_day",
    "said_day_is_whole",
    "words_column",
]
