"""Trains `feel` on the drummers of Groove."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from .corpora.drumming import Metre, Take
from .corpora.groove import groove_takes
from .drums import to_tokens
from .encodings.feel import DRUMS, LAYOUT, OUTPUTS, REACH, rows
from .fitting import Settings, fit
from .invented import invented_groove
from .network import Network, run_all
from .trained import Trained, example

HIDDEN, LAYERS, DROPOUT, INPUT_DROPOUT = 128, 1, 0.4, 0.15
BATCH, LENGTH = 32, 128


class Part:
    """A take's input rows, and for each step and class its velocity and offset, NaN where it is silent."""

    def __init__(self, take: Take):
        self.id = take.id
        self.rows = rows(to_tokens(take), take.metre, take.bpm)
        self.played = np.full((take.steps, 2, DRUMS), np.nan, np.float32)
        for hit in take.hits:
            self.played[hit.step, :, hit.drum] = hit.velocity, hit.offset


class Corpus:
    def __init__(self, data: Path):
        takes = groove_takes(data)
        self.training = [Part(take) for take in takes if not take.validation]
        self.validation = [Part(take) for take in takes if take.validation]
        self.chances = np.array([len(part.rows) for part in self.training], np.float64)
        self.chances /= self.chances.sum()

    def loss(self, network: Network, random: np.random.Generator) -> Tensor:
        inputs = np.zeros((LENGTH, BATCH, LAYOUT.size), np.float32)
        played = np.full((LENGTH, BATCH, 2, DRUMS), np.nan, np.float32)
        for column, index in enumerate(random.choice(len(self.training), BATCH, p=self.chances)):
            part = self.training[index]
            start = random.integers(max(1, len(part.rows) - LENGTH + 1))
            count = min(LENGTH, len(part.rows))
            inputs[:count, column] = part.rows[start : start + count]
            played[:count, column] = part.played[start : start + count]
        outputs, _ = network(torch.from_numpy(inputs))
        return laplace_nll(outputs, torch.from_numpy(played))


def laplace_nll(outputs: Tensor, played: Tensor) -> Tensor:
    """Nats a hit of velocity and offset as Laplace distributions; each spread is the log of its scale."""
    centre = torch.stack([outputs[..., OUTPUTS.slice(name)] for name in ("velocity", "offset")], dim=-2)
    spread = torch.stack([outputs[..., OUTPUTS.slice(f"{name}_spread")] for name in ("velocity", "offset")], dim=-2)
    heard = ~played.isnan()
    error = (centre - played.nan_to_num()).abs()
    return (error * (-spread).exp() + spread + np.log(2))[heard].mean() * 2


def validate(network: Network, parts: list[Part]) -> dict[str, float]:
    """The loss, and the mean absolute errors of velocity (0 to 1) and offset (steps)."""
    outputs = torch.cat(run_all(network, [part.rows for part in parts]))
    played = torch.cat([torch.from_numpy(part.played) for part in parts])
    velocity, offset = (
        (outputs[:, OUTPUTS.slice(name)] - played[:, index]).abs().nanmean().item()
        for index, name in enumerate(("velocity", "offset"))
    )
    return {"nll": laplace_nll(outputs, played).item(), "velocity_error": velocity, "offset_error": offset}


def class_means(training: list[Part], validation: list[Part]) -> dict[str, float]:
    """The baselines: the errors of the mean and of the median of each class, and of the grid."""
    seen, heard = (np.concatenate([part.played for part in parts]) for parts in (training, validation))
    mean, median, grid = (
        np.nanmean(np.abs(heard - guess), axis=(0, 2))
        for guess in (np.nanmean(seen, axis=0), np.nanmedian(seen, axis=0), 0)
    )
    return {
        "velocity_class_mean": float(mean[0]),
        "velocity_class_median": float(median[0]),
        "offset_class_mean": float(mean[1]),
        "offset_class_median": float(median[1]),
        "offset_grid": float(grid[1]),
    }


def examples(network: Network) -> list[dict[str, Any]]:
    """Invented grooves in two metres and tempos."""
    grooves = [(invented_groove(metre, 2), metre, bpm) for metre, bpm in ((Metre(4, 4), 96.0), (Metre(6, 8), 140.0))]
    return [
        example(
            network,
            rows(tokens, metre, bpm),
            {"metre": str(metre), "bpm": bpm},
            [{"token": int(token)} for token in tokens],
        )
        for tokens, metre, bpm in grooves
    ]


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, OUTPUTS.size, DROPOUT, INPUT_DROPOUT)

    def loss(model: Network) -> float:
        return validate(model, corpus.validation)["nll"]

    best = fit(network, corpus.loss, loss, Settings(steps), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "FeelEncoder", "args": {"reach": REACH}},
        "tradefours": {"name": "feel", "version": 1},
    }
    return Trained(
        "feel",
        best,
        config,
        loss,
        lambda model: validate(model, corpus.validation) | class_means(corpus.training, corpus.validation),
        examples,
        [part.id for part in corpus.validation],
        [run],
    )
