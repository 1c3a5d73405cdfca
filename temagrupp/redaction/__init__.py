"""Maskera: takes words out of every text, and of all that the database remembers of it. Decision: docs/adr/0027."""
