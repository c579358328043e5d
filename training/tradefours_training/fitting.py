"""The training loop that all models share: resumable, seeded, with averaged weights."""

import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .network import Network


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


def rate_at(step: int, settings: Settings) -> float:
    warm = min(1.0, (step + 1) / settings.warm_up)
    return settings.rate * warm * 0.5 * (1 + math.cos(math.pi * min(1.0, step / settings.steps)))


def fit(
    network: Network,
    loss: Callable[[Network, np.random.Generator], Tensor],
    validate: Callable[[Network], float],
    settings: Settings,
    run: Path,
) -> Network:
    """Trains `network`, or goes on where the last call with the same `run` folder stopped, and returns the best
    averaged one. `loss` draws a batch and gives its mean loss; `validate` gives a figure to make small."""
    run.mkdir(parents=True, exist_ok=True)
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=settings.weight_decay)
    step, seconds, history, best = 0, 0.0, [], copy.deepcopy(average.state_dict())
    saved = run / "last.pt"
    if saved.exists():
        past = torch.load(saved, weights_only=True)
        network.load_state_dict(past["network"])
        average.load_state_dict(past["average"])
        optimiser.load_state_dict(past["optimiser"])
        step, seconds, history, best = past["step"], past["seconds"], past["history"], past["best"]
    running, since = [], time.monotonic()
    while step < settings.steps:
        # A generator a step: a run that was interrupted draws the same batches as one that was not.
        torch.manual_seed(settings.seed * 1_000_003 + step)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(step, settings)
        network.train()
        value = loss(network, np.random.default_rng([settings.seed, step]))
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        running.append(value.item())
        keep = min(settings.averaging, step / (step + 10))
        with torch.no_grad():
            for averaged, current in zip(average.parameters(), network.parameters()):
                averaged.lerp_(current, 1 - keep)
        if step % settings.every == 0 or step == settings.steps:
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
            torch.save(
                {
                    "network": network.state_dict(),
                    "average": average.state_dict(),
                    "best": best,
                    "optimiser": optimiser.state_dict(),
                    "step": step,
                    "seconds": seconds,
                    "history": history,
                },
                run / "saving.pt",
            )
            (run / "saving.pt").replace(saved)
            (run / "history.json").write_text(json.dumps({"settings": asdict(settings), "points": history}, indent=1))
    average.load_state_dict(best)
    return average
