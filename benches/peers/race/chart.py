"""Figures as a chart: a group for each task, in it a mark for each contestant, at its time over ours on a logarithmic axis."""

import math

from .contestants import KINDS, LABELS
from .table import best_other, time

WIDTH, LEFT, RIGHT, TOP = 860, 190, 40, 98
LANE, GAP = 10, 12

# Marks that differ by shape and by colour; the colours are those of Okabe and Ito (2008), legible on white and on black.
MARKS = {
    "by-hand": ("square", "#8f7ee7"),
    "candle": ("square", "#b08900"),
    "burn": ("square", "#cc79a7"),
    "torch-eager": ("circle", "#e69f00"),
    "torch-compiled": ("circle", "#d55e00"),
    "torch-by-hand": ("circle", "#cc79a7"),
    "jax-call": ("triangle", "#56b4e9"),
    "jax-loop": ("triangle", "#009e73"),
    "scipy": ("diamond", "#009e73"),
    "bound-exp": ("line", "#888888"),
    "bound-memory": ("line", "#888888"),
}

STYLE = """
.page { fill: #ffffff } .band { fill: #f3f4f6 } .ours { stroke: #0a58ca; stroke-width: 3 } .us { fill: #0a58ca; font-weight: bold }
.grid { stroke: #d5d8dd } text { font: 12px system-ui, sans-serif; fill: #1f2328 } .title { font-size: 15px; font-weight: bold }
.quiet { fill: #656d76 } .best { font-weight: bold }
@media (prefers-color-scheme: dark) {
.page { fill: #0d1117 } .band { fill: #161b22 } .ours { stroke: #58a6ff } .us { fill: #58a6ff }
.grid { stroke: #30363d } text { fill: #e6edf3 } .quiet { fill: #9198a1 } }
"""


def draw(title, rows):
    """The chart as SVG, for a light and for a dark page."""
    keys = [kind.key for kind in KINDS if kind.key != "ours" and any(kind.key in row["figures"] for _, row in rows)]
    axis = Axis([times[0] / row["figures"]["ours"][0] for _, row in rows for times in row["figures"].values()])
    heights = [LANE * (len(row["figures"]) - 1) + GAP for _, row in rows]
    bottom = TOP + sum(heights)
    height = bottom + 58
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        f"<title>{title}</title><style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height}"/>',
        text(12, 24, title, "title"),
        *legend(keys),
    ]
    y = TOP
    for index, ((task, row), tall) in enumerate(zip(rows, heights)):
        if index % 2 == 0:
            parts.append(f'<rect class="band" x="0" y="{y}" width="{WIDTH}" height="{tall}"/>')
        y += tall
    parts += axis.lines(TOP, bottom)
    y = TOP
    for (task, row), tall in zip(rows, heights):
        parts += group(task, row["figures"], axis, y, tall)
        y += tall
    parts += [text(12, bottom + 42, caption(rows), "quiet"), "</svg>"]
    return "\n".join(parts) + "\n"


class Axis:
    """Ratios to places, by their logarithm."""

    def __init__(self, ratios):
        self.low, self.high = min(*ratios, 1.0) / 1.5, max(*ratios, 2.0) * 1.6

    def place(self, ratio):
        part = math.log(ratio / self.low) / math.log(self.high / self.low)
        return LEFT + part * (WIDTH - LEFT - RIGHT)

    def lines(self, top, bottom):
        ticks = [base * 10**power for power in range(-3, 6) for base in (1, 2, 5)]
        ticks = [tick for tick in ticks if self.low <= tick <= self.high]
        if len(ticks) > 10:
            ticks = [tick for tick in ticks if math.log10(tick).is_integer()]
        parts = []
        for tick in ticks:
            x = self.place(tick)
            if tick != 1:
                parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
            parts.append(text(x, bottom + 17, f"{tick:g} ×", "us" if tick == 1 else "quiet", "middle"))
        x = self.place(1)
        parts.append(f'<line class="ours" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
        return parts


def group(task, figures, axis, top, tall):
    """The name of a task with our time, and a mark for each other."""
    middle = top + tall / 2
    ours = figures["ours"][0]
    parts = [
        text(12, middle - 2, task.problem.removeprefix("perceptron/").replace("@", " @ "), "best"),
        text(12, middle + 13, time(ours), "us"),
    ]
    best = best_other(figures)
    present = [kind.key for kind in KINDS if kind.key != "ours" and kind.key in figures]
    for lane, key in enumerate(present):
        y = top + GAP / 2 + LANE * (lane + 0.5)
        ratio = figures[key][0] / ours
        x = axis.place(ratio)
        parts.append(f'<line x1="{axis.place(1):.1f}" x2="{x:.1f}" y1="{y}" y2="{y}" stroke="{MARKS[key][1]}" stroke-opacity="0.45"/>')
        parts.append(mark(key, x, y))
        if key == best:
            side, anchor = (9, "start") if ratio >= 1 else (-9, "end")
            parts.append(text(x + side, y + 4, f"{ratio:.{2 if ratio < 10 else 0}f} ×", "best", anchor))
    return parts


def legend(keys):
    parts, x, y = [text(12, 46, "time over ours; right of the line we are faster", "quiet")], 12, 64
    for key in keys:
        wide = 27 + 6.4 * len(LABELS[key])
        if x + wide > WIDTH:
            x, y = 12, y + 19
        parts += [mark(key, x + 5, y - 4), text(x + 15, y, LABELS[key])]
        x += wide
    return parts


def mark(key, x, y):
    shape, colour = MARKS[key]
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="{colour}"/>'
    if shape == "line":
        return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y - 5}" y2="{y + 5}" stroke="{colour}" stroke-width="2"/>'
    corners = {
        "square": [(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
        "triangle": [(-4.5, 3.5), (4.5, 3.5), (0, -4.5)],
        "diamond": [(-5, 0), (0, -5), (5, 0), (0, 5)],
    }[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def text(x, y, words, kind="", anchor="start"):
    words = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{words}</text>'


def caption(rows):
    machine = rows[-1][1]["machine"]
    loads = [row["machine"]["load"] for _, row in rows]
    return f"{machine['processor']}, {machine['date']}, load {min(loads)} to {max(loads)}"
