"""Counts the instructions of a call, one by one, and compares them with those that are written down: a guard of the hot loops.

usage: python -m race.instructions <binary> [--update]

Times vary with the machine's load; the number of instructions does not. It is counted by stepping the process (Linux, x86-64), which
needs no hardware counter and no emulator, so that the code is that of the instruction set that users get. A call is the difference of two
calls and one. The table holds for one version of rustc; a call may take 2 % more than it says.
"""

import argparse
import ctypes
import os
import pathlib
import re
import select
import signal
import subprocess
import sys

from .contestants import Contestant, Kind

TABLE = pathlib.Path(__file__).parent.parent / "instructions.txt"
TOLERANCE = 0.02
SETS = ["avx512", "avx2"]
TASKS = [
    "perceptron/2-8-8-1@1 step",
    "perceptron/2-8-8-1@32 step",
    "perceptron/4-16-16-1@256 step",
    "perceptron/32-64-64-8@32 step",
    "perceptron/32-64-64-8@32 forward",
    "points/f32@1000 gradient",
    "points/f64@1000 gradient",
]

# From sys/ptrace.h.
DETACH, STEP, SEIZE, INTERRUPT, PEEK_USER = 17, 9, 0x4206, 0x4207, 3
# The place of the instruction pointer among the registers of x86-64, in bytes.
POINTER = 16 * 8

ptrace = ctypes.CDLL(None, use_errno=True).ptrace
ptrace.restype = ctypes.c_long
ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def main():
    parser = argparse.ArgumentParser(prog="race.instructions")
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--update", action="store_true", help="write the table anew")
    options = parser.parse_args()
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    before, written = read()
    counts = {}
    for name in SETS:
        if name.removesuffix("512") + ("512f" if "512" in name else "") in flags():
            counts |= count_all(options.binary.resolve(), name, written)
    if options.update:
        write(compiler, counts)
        return
    if before != compiler:
        print(f"the table is that of {before}, this is {compiler}: counts may differ for that reason alone")
    more = [key for key, count in counts.items() if count > written.get(key, 0) * (1 + TOLERANCE)]
    sys.exit(f"more instructions than the table says: {', '.join(more)}" if more else 0)


def flags():
    return re.search(r"flags\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())[1].split()


def count_all(binary, instruction_set, written):
    environment = os.environ | {"CHAINRULE_ISA": instruction_set, "RAYON_NUM_THREADS": "1"}
    processors = sorted(os.sched_getaffinity(0))[-1:]
    # Two processes that wait for each other do so faster on one processor.
    os.sched_setaffinity(0, processors)
    kind = Kind("ours", "chainrule", [str(binary), "serve", "ours"])
    ours = Contestant(kind, kind.program, environment, processors)
    counts = {}
    for task in TASKS:
        ours.ask(f"call 2 {task}")
        once, twice = [count(ours.process, f"call {calls} {task}") for calls in (1, 2)]
        key = f"{instruction_set} {task}"
        counts[key] = twice - once
        change = f"{counts[key] / written[key] - 1:+.1%}" if key in written else "new"
        print(f"{key:<44} {counts[key]:>10,} {change:>8}", flush=True)
    ours.close()
    return counts


def count(process, line):
    """The instructions from the line to its answer."""
    pid = process.pid
    while not is_asleep(pid):
        os.sched_yield()
    demand(SEIZE, pid)
    demand(INTERRUPT, pid)
    os.waitpid(pid, 0)
    process.stdin.write(line + "\n")
    process.stdin.flush()
    answer = select.poll()
    answer.register(process.stdout, select.POLLIN)
    instructions, last = 0, None
    while not answer.poll(0):
        demand(STEP, pid)
        _, status = os.waitpid(pid, 0)
        if os.WSTOPSIG(status) != signal.SIGTRAP:
            sys.exit("the process was stopped by something else")
        here = ptrace(PEEK_USER, pid, POINTER, None)
        # An instruction that repeats itself, as copies do, stops at each repetition.
        instructions += here != last
        last = here
    demand(DETACH, pid)
    process.stdout.readline()
    return instructions


def is_asleep(pid):
    """Whether the process waits for a line, all work for the one before being done."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def demand(request, pid):
    if ptrace(request, pid, None, None) < 0:
        sys.exit(f"stepping is not allowed here: {os.strerror(ctypes.get_errno())}")


def read():
    """The compiler of the table, and its counts."""
    if not TABLE.exists():
        return None, {}
    compiler, *lines = TABLE.read_text().splitlines()
    rows = [line.rsplit(maxsplit=1) for line in lines]
    return compiler, {key.strip(): int(count) for key, count in rows}


def write(compiler, counts):
    rows = [f"{key:<44} {count:>10}" for key, count in counts.items()]
    TABLE.write_text("\n".join([compiler, *rows]) + "\n")


if __name__ == "__main__":
    main()
