"""Real processes, real SIGKILL: what is lost, what comes twice.

python -m tests.crash --kills 500                      the store and the sender on SQLite
python -m tests.crash --kills 200 --engine postgres    the same on a real PostgreSQL server
python -m tests.crash --kills 50 --stops               PostgreSQL's own immediate stop instead
python -m tests.crash --kills 50 --replicas 3          three processes on one database: in turn one
                                                       is killed, or stopped a while and woken
python -m tests.crash --kills 50 --whole               `python -m bot run`, a source and a Telegram
"""
