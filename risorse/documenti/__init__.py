"""What of the directory leaves the screen on paper."""
