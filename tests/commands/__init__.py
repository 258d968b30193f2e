"""Commands, each with the parts that it joins."""
