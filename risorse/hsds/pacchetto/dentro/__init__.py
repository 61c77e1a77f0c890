"""From the rows of a package to our nouns, noun by noun; `porta` calls them in order."""
