"""The rules of administration: one file per noun, small functions of (world, row, tick), each with its id."""
