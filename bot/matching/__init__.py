"""Question text -> ranked procedures; pure."""
