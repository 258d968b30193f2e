"""Domain values -> text and buttons in the chat's language."""
