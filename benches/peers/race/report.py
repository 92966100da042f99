"""Tables and charts of the figures in a folder."""

from . import chart, store, table
from .contests import CONTESTS


def write(folder):
    """Writes `README.md` with all tables, and a chart of each contest and number of threads."""
    parts = [table.HEAD]
    for threads in (1, 2):
        tasks = store.read(folder, threads)
        for contest in CONTESTS:
            rows = [(task, tasks[task.name]) for task in contest.tasks if task.name in tasks]
            if not rows:
                continue
            title = f"{contest.title}; {'one thread' if threads == 1 else f'{threads} threads'}"
            parts.append(table.section(title, rows))
            if len(rows) > 1:
                name = f"{contest.key}_{threads}.svg"
                (folder / name).write_text(chart.draw(title, rows))
                parts.append(f"![{title}: times of others over ours]({name})\n")
    (folder / "README.md").write_text("\n".join(parts))
