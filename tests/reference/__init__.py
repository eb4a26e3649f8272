"""The independent twin: the model once more, in plain Mesa and plain Python, from ``docs/theory.md`` alone."""
