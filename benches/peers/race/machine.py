"""What the race was run on."""

import datetime
import importlib.metadata
import os
import pathlib
import platform
import re
import subprocess

PACKAGES = ["torch", "jax", "numpy", "scipy"]
CRATES = ["ndarray", "num-dual", "candle-core", "burn"]


def describe():
    """The processor, the versions, the date and how busy the machine is."""
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    versions = [f"rustc {rustc}", f"Python {platform.python_version()}", *crates(), *packages()]
    return {
        "processor": processor(),
        "processors": len(os.sched_getaffinity(0)),
        "date": datetime.date.today().isoformat(),
        "load": round(os.getloadavg()[0], 1),
        "versions": versions,
    }


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*: (.*)", text)
    widest = "AVX-512" if " avx512f " in text else "AVX2" if " avx2 " in text else "no AVX2"
    return f"{name[1].strip() if name else platform.machine()} ({widest})"


def packages():
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def crates():
    lock = (pathlib.Path(__file__).parent.parent / "Cargo.lock").read_text()
    pairs = dict(re.findall(r'name = "([^"]+)"\nversion = "([^"]+)"', lock))
    return [f"{name} {pairs[name]}" for name in CRATES if name in pairs]
