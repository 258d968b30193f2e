"""A deterministic simulator: the real policy, sender and SQLite store in virtual time.

    python -m tests.simulation --seeds 10000

Every seed is one story of sources, people, faults and kills; the same seed is the same story.
"""
