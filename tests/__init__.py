"""Tests of Bis; they mirror bot/."""
