"""Views of the territory and the network."""
