"""The two engines, as parameters of a fixture."""

import pytest

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
"""Each test that asks for `database_url` runs on both."""
