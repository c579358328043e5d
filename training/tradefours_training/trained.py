"""What training a model gives, and the folder that is made of it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as pyplot
import numpy as np
import torch

from .checkpoint import read_checkpoint, to_tensors, write_checkpoint
from .network import Network


@dataclass(frozen=True)
class Trained:
    """`loss` and `measure` give a network's loss and all its figures on the validation data; `vectors` the worked
    examples of its encoding; `validation` names the data held out; `run` is the folder of its training."""

    name: str
    network: Network
    config: dict[str, Any]
    loss: Callable[[Network], float]
    measure: Callable[[Network], dict[str, Any]]
    vectors: Callable[[Network], list[dict[str, Any]]]
    validation: list[str]
    run: Path


def sparse(row: np.ndarray) -> list[list[float]]:
    """The entries of a row that aren't zero, as pairs of index and value."""
    return [[int(index), round(float(row[index]), 6)] for index in np.flatnonzero(row)]


def example(network: Network, rows: np.ndarray, facts: dict[str, Any], steps: list[Any]) -> dict[str, Any]:
    """A worked example: the musical facts, and for each step its input row and the network's logits."""
    with torch.no_grad():
        logits = network(torch.from_numpy(rows)[:, None])[0][:, 0].numpy()
    return {
        **facts,
        "steps": [
            {**step, "row": sparse(row), "logits": [round(float(logit), 4) for logit in out]}
            for step, row, out in zip(steps, rows, logits, strict=True)
        ],
    }


def draw_curve(path: Path, name: str, points: list[dict[str, float]]) -> None:
    figure, plot = pyplot.subplots(figsize=(5, 3.2), layout="constrained")
    for line in ("training", "validation"):
        plot.plot([point["step"] for point in points], [point[line] for point in points], label=line)
    plot.set(title=name, xlabel="updates", ylabel="loss (nats)")
    plot.legend(frameon=False)
    figure.savefig(path, dpi=110)
    pyplot.close(figure)


def write_model(trained: Trained, folder: Path, vectors: Path) -> dict[str, Any]:
    """Writes checkpoint, curve, figures and validation list to `folder` and the worked examples to the file `vectors`;
    the figures are those of the quantised checkpoint, read back."""
    write_checkpoint(folder, trained.network, trained.config)
    shipped = read_checkpoint(folder)
    figures = trained.measure(shipped)
    figures["quantisation_cost"] = trained.loss(shipped) / trained.loss(trained.network) - 1
    points = json.loads((trained.run / "history.json").read_text())["points"]
    figures["updates"], figures["training_seconds"] = points[-1]["step"], points[-1]["seconds"]
    figures["weights"] = sum(array.size for array in to_tensors(shipped).values())
    (folder / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n")
    (folder / "validation.json").write_text(json.dumps(trained.validation, indent=1) + "\n")
    vectors.parent.mkdir(parents=True, exist_ok=True)
    examples = {"model": trained.name, "examples": trained.vectors(shipped)}
    vectors.write_text(json.dumps(examples, separators=(",", ":")) + "\n")
    draw_curve(folder / "curve.png", trained.name, points)
    return figures
