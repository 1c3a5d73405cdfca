"""The demo group: invented people, places and fourteen months of work, told through the register's own verbs."""
