"""landbridge: an open engine for international freight corridors."""
