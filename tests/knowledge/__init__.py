"""Tests of bot/knowledge."""
