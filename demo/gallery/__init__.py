"""The page with every component: for those who build the register, with the register's own tags, includes and forms.

What it shows is made up on the spot and never saved, so that an empty register shows as much as a full one.
"""
