"""Pages of the sponsors room."""
