"""The lowest floor under the models: what every table of the register builds on. It knows no app."""

from base.records.conflicts import AlreadyDone, ChangedMeanwhile, MoveNotAllowed, Trace
from base.records.stateful import Moving
from base.records.timestamped import Dated

__all__ = ["AlreadyDone", "ChangedMeanwhile", "Dated", "MoveNotAllowed", "Moving", "Trace"]
