"""Hot loops over arrays, compiled by numba; nothing here knows of names, units or files."""
