# SPDX-License-Identifier: GPL-2.0-only
"""Running programs and what that cost: wall time, CPU time and memory."""
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor


class Cost:
    """What programs used: seconds of wall and CPU time; the largest of them in MiB."""

    def __init__(self, wall, cpu, peak, status=0, out=""):
        self.wall, self.cpu, self.peak, self.status, self.out = wall, cpu, peak, status, out


def run(command, cwd=None, quiet=False):
    """Run a program to its end. What it says on stdout is kept, unless @quiet."""
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL if quiet else subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
    out = "" if quiet else child.stdout.read().decode(errors="replace")
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024,
                child.returncode, out)


def best(times, command, **how):
    """The quickest of several runs: what else the machine does only ever adds."""
    return min((run(command, **how) for _ in range(times)), key=lambda cost: cost.wall)


def run_all(jobs, commands, cwd):
    """Run programs, so many at a time: the sum of what they used, and the cost of each."""
    start = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        costs = list(pool.map(lambda command: run(command, cwd=cwd, quiet=True), commands))
    total = Cost(time.monotonic() - start, sum(c.cpu for c in costs),
                 max((c.peak for c in costs), default=0))
    return total, costs


def say(text):
    print(text, file=sys.stderr, flush=True)
