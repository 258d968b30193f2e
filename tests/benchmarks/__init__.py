"""Programs that print figures; nothing is asserted."""
