"""Date formats of the portal, over those of Django."""
