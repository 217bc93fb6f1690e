"""Datasets on disk: the coded world file and its manifest."""
