"""Commands of who sits at the Tavolo and of the territory."""
