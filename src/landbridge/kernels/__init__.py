"""The hot loops: arrays in, arrays out. Nothing here knows units, names, files or errors."""
