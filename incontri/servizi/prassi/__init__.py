"""What is done with good practices: review, adoption."""
