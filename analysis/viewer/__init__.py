"""The viewer: a run as a page in the browser, watched half-day by half-day."""
