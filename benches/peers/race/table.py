"""Figures as a table in Markdown."""

from .contestants import BOUNDS, KINDS, LABELS

HEAD = """# Figures

Written by `../run`. Medians of turns of a call; × is the other's time over ours, so above 1 we win; the best other is bold. Results are
compared before anything is timed, in the processes that are timed.
"""


def section(title, rows):
    """One contest: a row for each task, a column for each contestant."""
    keys = [kind.key for kind in KINDS if any(kind.key in row["figures"] for _, row in rows)]
    others = [key for key in keys if key != "ours"]
    has_aims = any(task.aim for task, _ in rows)
    head = ["", "chainrule", *(LABELS[key] for key in others), *(["aim"] if has_aims else [])]
    lines = [f"## {title}", "", machine(rows), "", "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for task, row in rows:
        figures = row["figures"]
        best = best_other(figures)
        cells = [task.problem, time(figures["ours"][0]), *(cell(figures, key, key == best) for key in others)]
        cells += [f"{task.aim:g} ×" if task.aim else ""] if has_aims else []
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def machine(rows):
    """Where, when and with what the rows were measured."""
    machines = [row["machine"] for _, row in rows]
    loads = sorted(one["load"] for one in machines)
    first = machines[-1]
    return (
        f"{first['processor']}, {first['processors']} processors, load {loads[0]} to {loads[-1]}, {first['date']}. "
        f"{', '.join(first['versions'])}."
    )


def best_other(figures):
    """Who is fastest but for us."""
    others = {key: times[0] for key, times in figures.items() if key != "ours" and key not in BOUNDS}
    return min(others, key=others.get, default=None)


def cell(figures, key, is_best):
    if key not in figures:
        return ""
    ratio = f"{figures[key][0] / figures['ours'][0]:.2f}"
    ratio = f"**{ratio}**" if is_best else ratio
    return f"{time(figures[key][0])}, {ratio} ×"


def time(nanoseconds):
    """Three digits with their unit."""
    for unit, size in (("ms", 1e6), ("µs", 1e3), ("ns", 1.0)):
        if nanoseconds >= size:
            number = nanoseconds / size
            return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f} {unit}"
    return f"{nanoseconds:.2f} ns"
