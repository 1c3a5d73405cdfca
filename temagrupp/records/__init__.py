"""The lowest floor under the models: what every table of the register builds on. It knows no app."""

from temagrupp.records.dated import Dated
from temagrupp.records.first import AlreadyDone, ChangedMeanwhile, MoveNotAllowed, Trace
from temagrupp.records.moves import Moving

__all__ = ["AlreadyDone", "ChangedMeanwhile", "Dated", "MoveNotAllowed", "Moving", "Trace"]
