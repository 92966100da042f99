"""The figures of a race in files, one for each number of threads."""

import json


def path(folder, threads):
    return folder / f"threads_{threads}.json"


def read(folder, threads):
    """The tasks' figures, each with the machine they were taken on; nothing if there are none."""
    file = path(folder, threads)
    return json.loads(file.read_text()) if file.exists() else {}


def keep(folder, threads, machine, task, figures):
    """Replaces the figures of one task; those of others stay."""
    tasks = read(folder, threads)
    rounded = {key: [round(time, 1) for time in times] for key, times in figures.items()}
    tasks[task] = {"machine": machine, "figures": rounded}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(tasks[name], ensure_ascii=False)}" for name in sorted(tasks))
    path(folder, threads).write_text("{\n" + lines + "\n}\n")
