"""Simplified Chinese: groups of three digits, as the sources print them; Django groups by four."""

NUMBER_GROUPING = 3
