"""The one way to serve the register: waitress, with an end to everything that a client can leave open."""
