"""An invented group to try the register with, and what its pages are built of: there where DEMO says so."""
