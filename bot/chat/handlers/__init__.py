"""Handlers: parse, call, render."""
