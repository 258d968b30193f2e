"""Sources -> what we know of each service now (the board)."""
