"""A contestant as a resident process: the protocol of `src/serve.rs`, for Python."""

import sys
import time

STRETCH = 0.001


def run(prepare):
    """Answers requests until the input ends. `prepare(problem, mode)` gives a task, or nothing if the contestant does not do that.

    A task has `run(calls)`, which works so many times and waits until it is done, and `evidence()`, numbers that show what the last did.
    """
    say("ready")
    kept = {}
    for line in sys.stdin:
        words = line.split()
        if words == ["free"]:
            kept.clear()
            say("free")
            continue
        request, count, problem, mode = words
        try:
            if request == "check":
                say(check(prepare(problem, mode), int(count)))
            else:
                if (problem, mode) not in kept:
                    kept[problem, mode] = prepare(problem, mode)
                say(turn(kept[problem, mode], int(count) / 1000))
        except Exception as error:
            say("error " + " ".join(f"{type(error).__name__}: {error}".split())[:300])


def missing(error):
    """Says that the contestant is not here."""
    say(f"missing {error.name} is not installed")


def say(line):
    print(line, flush=True)


def check(task, calls):
    if task is None:
        return "unsupported"
    task.run(calls)
    return " ".join(f"{number:.12e}" for number in task.evidence())


def turn(task, seconds):
    """The median time of a call in a turn, in nanoseconds."""
    if task is None:
        return "unsupported"
    calls = 1
    while stretch(task, calls) < STRETCH:
        calls *= 2
    times = []
    start = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - start < seconds:
        times.append(stretch(task, calls) * 1e9 / calls)
    return sorted(times)[len(times) // 2]


def stretch(task, calls):
    start = time.perf_counter()
    task.run(calls)
    return time.perf_counter() - start
