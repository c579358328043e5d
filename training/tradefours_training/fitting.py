"""The training loop that all models share: resumable, seeded, with averaged weights, on one process or several."""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from .network import Network
from .processes import columns, from_first, share, summed, together


@dataclass(frozen=True)
class Settings:
    """`steps` updates at a rate that warms up, then falls to nothing along a cosine; the weights that are kept are an
    exponential average (`averaging` a step), the best of those validated every `every` steps."""

    steps: int
    rate: float = 2e-3
    weight_decay: float = 0.01
    warm_up: int = 200
    averaging: float = 0.998
    every: int = 250
    seed: int = 1
    batch: int = 32


# Draws a column of the batch with each generator; the summed loss, and of how many targets.
Loss = Callable[[nn.Module, list[np.random.Generator]], tuple[Tensor, int]]


def rate_at(step: int, settings: Settings) -> float:
    warm = min(1.0, (step + 1) / settings.warm_up)
    return settings.rate * warm * 0.5 * (1 + math.cos(math.pi * min(1.0, step / settings.steps)))


def fit(
    network: Network,
    loss: Loss,
    validate: Callable[[Network], float],
    settings: Settings,
    run: Path,
) -> Network:
    """Trains `network`, or goes on where the last call with the same `run` folder stopped, and returns the best
    averaged one. `validate` gives a figure to make small. Processes share the columns of each batch among them; the
    first one validates and saves. The result is that of one process, but for the order of its sums."""
    is_first, processes = share()[0] == 0, share()[1]
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=settings.weight_decay)
    step, seconds, history, best = 0, 0.0, [], copy.deepcopy(average.state_dict())
    past = from_first(read_state(run) if is_first else None)
    if past:
        network.load_state_dict(past["network"])
        average.load_state_dict(past["average"])
        optimiser.load_state_dict(past["optimiser"])
        step, seconds, history, best = past["step"], past["seconds"], past["history"], past["best"]
    model = together(network)
    running, since = [], time.monotonic()
    while step < settings.steps:
        # Generators for each step and column: a run that was interrupted, or is shared, draws the same batches.
        torch.manual_seed(settings.seed * 1_000_003 + step)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, settings)
        model.train()
        drawn = [np.random.default_rng([settings.seed, step, column]) for column in columns(settings.batch)]
        total, count = loss(model, drawn)
        count = summed(count)
        optimiser.zero_grad(set_to_none=True)
        (total * processes / count).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        running.append(summed(total) / count)
        keep = min(settings.averaging, step / (step + 10))
        with torch.no_grad():
            for averaged, current in zip(average.parameters(), network.parameters()):
                averaged.lerp_(current, 1 - keep)
        if is_first and (step % settings.every == 0 or step == settings.steps):
            figure = validate(average)
            if not history or figure < min(point["validation"] for point in history):
                best = copy.deepcopy(average.state_dict())
            seconds += time.monotonic() - since
            since = time.monotonic()
            history.append(
                {"step": step, "seconds": round(seconds, 1), "training": float(np.mean(running)), "validation": figure}
            )
            running = []
            print(json.dumps(history[-1]), flush=True)
            state = {
                "network": network.state_dict(),
                "average": average.state_dict(),
                "best": best,
                "optimiser": optimiser.state_dict(),
                "step": step,
                "seconds": seconds,
                "history": history,
            }
            save_state(run, state, settings)
    average.load_state_dict(from_first(best))
    return average


def read_state(run: Path) -> dict[str, Any] | None:
    saved = run / "last.pt"
    return torch.load(saved, weights_only=True) if saved.exists() else None


def save_state(run: Path, state: dict[str, Any], settings: Settings) -> None:
    run.mkdir(parents=True, exist_ok=True)
    torch.save(state, run / "saving.pt")
    (run / "saving.pt").replace(run / "last.pt")
    (run / "history.json").write_text(json.dumps({"settings": asdict(settings), "points": state["history"]}, indent=1))
