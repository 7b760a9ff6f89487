"""Pages of lists, their rows and the pairs to decide."""
