"""Real processes, real SIGKILL.

python -m tests.crash --kills 500
python -m tests.crash --kills 200 --engine postgres
"""
