"""Trains `feel` on the drummers of Groove."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import Module

from .corpora.drumming import Metre, Take
from .corpora.groove import groove_takes
from .drumming_parts import Part, Ranking
from .encodings.drums import Asked
from .encodings.feel import DRUMS, LAYOUT, OUTPUTS, REACH, rows
from .fitting import Settings, fit
from .invented import invented_groove
from .network import Network, run_all
from .trained import Trained, example

HIDDEN, LAYERS, DROPOUT, INPUT_DROPOUT = 128, 1, 0.4, 0.15
LENGTH = 128
UNSAID_SHARES = {"style": 0.25, "intensity": 0.5}
# Ghost notes and accents: what a drummer plays softer, and harder, than these.
GHOST, ACCENT = 0.35, 0.8


class Touched(Part):
    """A take's tokens and, for each step and class, its velocity and offset: NaN where it is silent."""

    def __init__(self, take: Take):
        super().__init__(take)
        self.played = np.full((take.steps, 2, DRUMS), np.nan, np.float32)
        for hit in take.hits:
            self.played[hit.step, :, hit.drum] = hit.velocity, hit.offset
        self.intensity = np.full(take.steps, -1.0)

    def rows(self, *said: str) -> np.ndarray:
        """The input rows where so much is said."""
        style = self.style if "style" in said else None
        asked = Asked(self.bpm, style, intensity=self.intensity if "intensity" in said else None)
        return rows(self.tokens, self.metre, asked)


class Corpus:
    def __init__(self, data: Path):
        takes = groove_takes(data)
        self.training = [Touched(take) for take in takes if not take.validation]
        self.validation = [Touched(take) for take in takes if take.validation]
        ranking = Ranking(self.training, "loudness")
        for part in [*self.training, *self.validation]:
            part.intensity = ranking(part)
        self.chances = np.array([len(part.tokens) for part in self.training], np.float64)
        self.chances /= self.chances.sum()

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[Tensor, int]:
        inputs = np.zeros((LENGTH, len(randoms), LAYOUT.size), np.float32)
        played = np.full((LENGTH, len(randoms), 2, DRUMS), np.nan, np.float32)
        for column, random in enumerate(randoms):
            part = self.training[random.choice(len(self.training), p=self.chances)]
            start = random.integers(max(1, len(part.tokens) - LENGTH + 1))
            count = min(LENGTH, len(part.tokens))
            said = [name for name, share in UNSAID_SHARES.items() if random.random() >= share]
            inputs[:count, column] = part.rows(*said)[start : start + count]
            played[:count, column] = part.played[start : start + count]
        outputs, _ = network(torch.from_numpy(inputs))
        return laplace_nll(outputs, torch.from_numpy(played))


def laplace_nll(outputs: Tensor, played: Tensor) -> tuple[Tensor, int]:
    """The summed nats of velocities and offsets as Laplace distributions, whose spreads are the logs of their scales,
    and how many hits there are."""
    heard = ~played.isnan()
    played = played.nan_to_num()
    total = torch.zeros(())
    for index, name in enumerate(("velocity", "offset")):
        centre, spread = outputs[..., OUTPUTS.slice(name)], outputs[..., OUTPUTS.slice(f"{name}_spread")]
        nats = (centre - played[..., index, :]).abs() * (-spread).exp() + spread + np.log(2)
        total = total + nats[heard[..., index, :]].sum()
    return total, int(heard.sum()) // 2


def validate(network: Network, parts: list[Touched], *said: str) -> dict[str, float]:
    """The loss, and the mean absolute errors of velocity (0 to 1) and offset (steps)."""
    outputs = torch.cat(run_all(network, [part.rows(*said) for part in parts]))
    played = torch.cat([torch.from_numpy(part.played) for part in parts])
    total, count = laplace_nll(outputs, played)
    velocity, offset = (
        (outputs[:, OUTPUTS.slice(name)] - played[:, index]).abs().nanmean().item()
        for index, name in enumerate(("velocity", "offset"))
    )
    return {"nll": total.item() / max(1, count), "velocity_error": velocity, "offset_error": offset}


def touch(network: Network, parts: list[Touched]) -> dict[str, float]:
    """What the touch is like where style and intensity are said: how many milliseconds late on average, and how many of
    a drummer's ghost notes and accents are softer, and harder, than their class's median."""
    outputs = torch.cat(run_all(network, [part.rows("style", "intensity") for part in parts])).numpy()
    played = np.concatenate([part.played for part in parts])
    step_ms = np.concatenate([np.full(len(part.tokens), 15_000 / part.bpm) for part in parts])
    velocity, human = outputs[:, OUTPUTS.slice("velocity")], played[:, 0]
    heard = ~np.isnan(human)
    middle = np.nanmedian(human, axis=0)
    late = np.repeat(outputs[:, OUTPUTS.slice("offset")] * step_ms[:, None], DRUMS, axis=1)
    return {
        "late_ms": float(late[heard].mean()),
        "late_ms_human": float((played[:, 1] * step_ms[:, None])[heard].mean()),
        "ghosts_kept": float((velocity < middle)[heard & (human < GHOST)].mean()),
        "accents_kept": float((velocity > middle)[heard & (human > ACCENT)].mean()),
    }


def class_means(training: list[Touched], validation: list[Touched]) -> dict[str, float]:
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


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    figures: dict[str, Any] = validate(network, corpus.validation)
    for said in (("style",), ("style", "intensity")):
        told = validate(network, corpus.validation, *said)
        figures |= {f"{name}_with_{'_and_'.join(said)}": value for name, value in told.items()}
    return figures | touch(network, corpus.validation) | class_means(corpus.training, corpus.validation)


def examples(network: Network) -> list[dict[str, Any]]:
    """Invented grooves in two metres and tempos, of one of which more is said."""
    result = []
    for metre, bpm, style, intensity in ((Metre(4, 4), 96.0, "soul", 0.25), (Metre(6, 8), 140.0, None, None)):
        tokens = invented_groove(metre, 2)
        asked = Asked(bpm, style, intensity=None if intensity is None else np.full(len(tokens), intensity))
        facts = {"metre": str(metre), "bpm": bpm, "style": style, "intensity": intensity}
        result.append(example(network, rows(tokens, metre, asked), facts, [{"token": int(token)} for token in tokens]))
    return result


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, OUTPUTS.size, DROPOUT, INPUT_DROPOUT)

    def loss(model: Network) -> float:
        return validate(model, corpus.validation, "style")["nll"]

    best = fit(network, corpus.loss, loss, Settings(steps), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "FeelEncoder", "args": {"reach": REACH}},
        "tradefours": {"name": "feel", "version": 2},
    }
    return Trained(
        "feel",
        best,
        config,
        loss,
        lambda model: measure(model, corpus),
        examples,
        [part.id for part in corpus.validation],
        run,
    )
