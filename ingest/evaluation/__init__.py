"""How well documents are read: what was found in them against what a careful reader annotated."""
