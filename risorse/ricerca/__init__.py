"""Finding services: words as stems, the index both engines read, the search, the counts of the filters."""
