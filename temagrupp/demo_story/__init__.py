"""The demo group: invented people, places and three months of work, told through the register's own verbs."""
