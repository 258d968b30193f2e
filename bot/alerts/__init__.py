"""A change on the board -> who is told, and how it is sent."""
