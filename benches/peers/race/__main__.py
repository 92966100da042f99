"""Runs the contests and writes what they gave; see `../run`.

usage: python -m race measure <binary> [--threads 1|2] [--rounds 7] [--turn 40] [--only perceptron,digits] [--into results]
       python -m race report [--into results]
"""

import argparse
import pathlib
import tempfile

from . import machine, measure, report, store
from .contestants import start_all
from .contests import CONTESTS


def main():
    parser = argparse.ArgumentParser(prog="race")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("measure", help="run the contests, then report")
    run.add_argument("binary", type=pathlib.Path)
    run.add_argument("--threads", type=int, default=1)
    run.add_argument("--rounds", type=int, default=7)
    run.add_argument("--turn", type=int, default=40, help="milliseconds of a turn")
    run.add_argument("--only", default="", help="names with which tasks begin, with commas between them")
    again = commands.add_parser("report", help="write tables and charts of the figures that are there")
    for one in (run, again):
        one.add_argument("--into", type=pathlib.Path, default=pathlib.Path("results"))
    options = parser.parse_args()
    options.into.mkdir(exist_ok=True)
    if options.command == "measure":
        race(options)
    report.write(options.into)


def race(options):
    with tempfile.TemporaryDirectory() as folder:
        contestants = start_all(options.binary, folder, options.threads)
        try:
            for contest in CONTESTS:
                for task in contest.tasks:
                    if not task.name.startswith(tuple(options.only.split(","))):
                        continue
                    figures = measure.measure(contest, task, contestants, options.rounds, options.turn)
                    store.keep(options.into, options.threads, machine.describe(), task.name, figures)
        finally:
            for one in contestants:
                one.close()


main()
