"""Needs: how they are born, what shows them, how far they go, what becomes of doubles."""
