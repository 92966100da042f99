"""The contestants: their names, and the processes that do their work."""

import os
import pathlib
import subprocess
import sys
from dataclasses import dataclass


@dataclass
class Kind:
    """How a contestant is called and started."""

    key: str
    label: str
    program: list[str]
    # Whether it is a limit of the machine rather than a program that could be used.
    is_bound: bool = False


# `{binary}`, `{folder}` and `{threads}` are filled in.
KINDS = [
    Kind("ours", "chainrule", ["{binary}", "serve", "ours"]),
    Kind("by-hand", "Rust by hand", ["{binary}", "serve", "by-hand"]),
    Kind("candle", "candle", ["{binary}", "serve", "candle"]),
    Kind("burn", "burn", ["{binary}", "serve", "burn"]),
    Kind("torch-eager", "PyTorch eager", ["{python}", "in_torch.py", "eager", "{folder}", "{threads}"]),
    Kind("torch-compiled", "PyTorch compiled", ["{python}", "in_torch.py", "compiled", "{folder}", "{threads}"]),
    Kind("torch-by-hand", "PyTorch by hand", ["{python}", "in_torch.py", "by-hand", "{folder}", "{threads}"]),
    Kind("jax-call", "JAX, a call a step", ["{python}", "in_jax.py", "call", "{folder}", "{threads}"]),
    Kind("jax-loop", "JAX, the loop in jit", ["{python}", "in_jax.py", "loop", "{folder}", "{threads}"]),
    Kind("scipy", "SciPy", ["{python}", "in_scipy.py", "{folder}"]),
    Kind("bound-exp", "its exponentials alone", ["{binary}", "serve", "bound-exp"], is_bound=True),
    Kind("bound-memory", "reading its data alone", ["{binary}", "serve", "bound-memory"], is_bound=True),
]

LABELS = {kind.key: kind.label for kind in KINDS}
BOUNDS = {kind.key for kind in KINDS if kind.is_bound}


class Contestant:
    """A process that answers lines."""

    def __init__(self, kind, program, environment, processors):
        self.kind = kind
        folder = pathlib.Path(__file__).parent.parent / "contestants"
        self.process = subprocess.Popen(
            program,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, processors),
        )
        self.greeting = self.process.stdout.readline().strip() or "missing: it did not start"

    def ask(self, line):
        """The answer to a line; `error` if the process is gone."""
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            return "error: the process ended"
        return self.process.stdout.readline().strip() or "error: the process ended"

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def start_all(binary, folder, threads):
    """Starts all contestants that are installed, and says which are not."""
    binary = binary.resolve()
    subprocess.run([binary, "problems", folder], check=True)
    count = str(threads)
    numbers_of_threads = dict.fromkeys(
        ["RAYON_NUM_THREADS", "MATMUL_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"], count
    )
    words = {"binary": str(binary), "python": sys.executable, "folder": str(folder), "threads": count}
    # The last processors, because the first serves the system more often.
    processors = sorted(os.sched_getaffinity(0))[-threads:]
    contestants = []
    for kind in KINDS:
        program = [word.format_map(words) for word in kind.program]
        one = Contestant(kind, program, os.environ | numbers_of_threads, processors)
        if one.greeting == "ready":
            contestants.append(one)
        else:
            print(f"skipped {kind.label}: {one.greeting.removeprefix('missing ')}", flush=True)
            one.close()
    return contestants
