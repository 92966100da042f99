"""The race between processes: asks resident contestants to take turns, and writes tables and charts."""
