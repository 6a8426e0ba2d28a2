"""The commands, one file a group: each says what it takes and hands on to who does the work."""

REPLACE = "Put this run in the place of another in its folder."
