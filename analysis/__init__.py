"""What results say: comparisons with intervals, tables and figures.  Reads results and measures, never rules."""
