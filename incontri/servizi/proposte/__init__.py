"""What is done with proposals: passages, steps, outcomes, the grid."""
