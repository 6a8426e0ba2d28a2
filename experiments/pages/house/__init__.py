"""The page about the house: its rooms, who may import whom, and a picture of who does."""
