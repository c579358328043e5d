"""The command line: `python -m tradefours_training MODEL --data DIR --run-folder DIR --out DIR --vectors FILE`, or
`torchrun --nproc-per-node N -m tradefours_training MODEL …`."""

import argparse
import json
from importlib import import_module
from pathlib import Path

import torch

from . import processes
from .corpora.line import held_out_performers
from .trained import write_model

# Updates of a full training.
STEPS = {"solo": 4500, "drums": 2400, "melody": 6000, "feel": 2000, "phrase": 7000}


def main() -> None:
    parser = argparse.ArgumentParser(prog="tradefours_training", description=__doc__)
    parser.add_argument("model", choices=STEPS)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora, see README.md")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint folder to write")
    parser.add_argument("--run-folder", type=Path, required=True, help="the training's state, to go on from")
    parser.add_argument("--vectors", type=Path, required=True, help="the file of worked examples to write")
    parser.add_argument("--steps", type=int, help="updates; 0 writes the best checkpoint that --run-folder has")
    parser.add_argument(
        "--held-out",
        action="append",
        default=[],
        metavar="PERFORMER",
        help="a performer of the Weimar Jazz Database whose solos are all held out; give it once for each",
    )
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    steps = STEPS[arguments.model] if arguments.steps is None else arguments.steps
    held_out_performers.update(arguments.held_out)
    processes.join()
    trained = import_module(f".{arguments.model}", __package__).train(arguments.data, arguments.run_folder, steps)
    if processes.share()[0] == 0:
        print(json.dumps(write_model(trained, arguments.out, arguments.vectors), indent=2))
    processes.leave()


if __name__ == "__main__":
    main()
