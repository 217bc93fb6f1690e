"""From raw sources to the shipped dataset, step by step."""
