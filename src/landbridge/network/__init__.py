"""The frozen network: its tables, how it is made, changed and loaded."""
