"""The product's own settings, with the floors beside its pages and a count of statements for who asks."""

from temagrupp.settings import *  # noqa: F403
from temagrupp.settings import MIDDLEWARE as OURS

ROOT_URLCONF = "benchmarks.floors"
MIDDLEWARE = ["benchmarks.counting.CountMiddleware", *OURS]
