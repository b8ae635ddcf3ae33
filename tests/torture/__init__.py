"""What a ledger survives: killed writers, power failures, and a disk that refuses. Run by `make torture` alone.

    test_kill.py    writers killed with SIGKILL at any moment, by the hundred
    test_power.py   the power fails at every point of a recorded run: what was not synced is lost, torn or garbage
    test_faults.py  the n-th system call on the ledger's files is killed, or fails

Each acknowledges an entry only after `append` returned, and then holds the ledger to it. Each is also run with
the promise broken on purpose, and has to notice.
"""
