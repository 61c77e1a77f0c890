"""What happens to people and accounts, as atomic verbs."""
