"""A procedure as the National Portal publishes it: read strictly, doubted aloud, never guessed.

The portal's tables arrive as text whose cells have run together. What the text gives plainly becomes a
value; what it does not becomes a `Doubt` with its reason and the raw text, and the value stays None.
"""
