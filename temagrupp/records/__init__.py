"""The lowest floor under the models: what every table of the register builds on. It knows no app."""

from temagrupp.records.dated import ChangedMeanwhile, Dated
from temagrupp.records.moves import AlreadyDone, MoveNotAllowed

__all__ = ["AlreadyDone", "ChangedMeanwhile", "Dated", "MoveNotAllowed"]
