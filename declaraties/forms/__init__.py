"""Input of the money screens."""
