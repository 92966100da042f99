"""One task: who does it, whether all agree, and how long a call takes when they take turns."""

import statistics

from .contestants import BOUNDS, LABELS


def measure(contest, task, contestants, rounds, milliseconds):
    """The median, the least and the greatest of each contestant's turns, in nanoseconds."""
    able = {}
    for one in contestants:
        answer = one.ask(f"check {task.calls} {task.name}")
        if answer == "unsupported":
            continue
        if answer.startswith("error"):
            print(f"  {one.kind.label} at {task.name}: {answer}", flush=True)
            continue
        able[one.kind.key] = (one, [float(word) for word in answer.split()])
    agree(task, contest.tolerance, {key: numbers for key, (_, numbers) in able.items() if key not in BOUNDS})
    turns = {key: [] for key in able}
    for _ in range(rounds):
        for key, (one, _) in able.items():
            turns[key].append(float(one.ask(f"time {milliseconds} {task.name}")))
    for one in contestants:
        one.ask("free")
    figures = {key: [statistics.median(times), min(times), max(times)] for key, times in turns.items()}
    say(task, figures)
    return figures


def agree(task, tolerance, evidence):
    """Stops the race where someone computes something else."""
    ours = evidence["ours"]
    for key, theirs in evidence.items():
        close = len(ours) == len(theirs) and all(abs(a - b) <= tolerance * max(abs(a), abs(b)) for a, b in zip(ours, theirs))
        if not close:
            raise SystemExit(f"{LABELS[key]} at {task.name} after {task.calls} calls: {theirs}, ours {ours}")


def say(task, figures):
    ours = figures["ours"][0]
    print(task.name)
    for key, (median, least, greatest) in figures.items():
        print(f"  {LABELS[key]:<24} {median / 1e3:>11.2f} µs {median / ours:>8.2f} ×   {least / 1e3:.2f} to {greatest / 1e3:.2f}", flush=True)
