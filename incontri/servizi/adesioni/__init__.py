"""Requests to join at work: on an agenda, decided by a meeting, become an ente with its seat and its people."""
