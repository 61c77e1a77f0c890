"""Verbs of the meetings: what is written together or not at all."""
