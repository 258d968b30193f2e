"""Pictures for README.md, made from real conversations."""
