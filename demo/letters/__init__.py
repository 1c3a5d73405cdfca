"""The demo's mail: it leaves nowhere, and everybody in the demo reads it."""
