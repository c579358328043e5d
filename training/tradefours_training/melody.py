"""Trains `melody` on the 4/4 solos of Weimar and the leads of OpenEWLD, in all twelve keys."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import Module

from .corpora.drumming import Metre
from .corpora.line import is_validation
from .corpora.openewld import openewld_leads
from .corpora.weimar import weimar_solos
from .encodings.melody import (
    AUXILIARY_INPUTS,
    CLASSES,
    FIRST_PITCH,
    LAYOUT,
    MAX_PITCH,
    MEMORY_DECAY,
    MIN_PITCH,
    melody_tokens,
    on_steps,
    rows,
    transposed,
)
from .fitting import Settings, fit
from .invented import invented_line
from .network import Network, nats, run_all, summed_nats
from .statistics import statistics
from .trained import Trained, example

HIDDEN, LAYERS, DROPOUT = 176, 2, 0.1
LENGTH = 192
TEMPERATURE = 0.9
EXAMPLE_NOTES = 24
METRES = {"4/4": Metre(4, 4), "2/2": Metre(4, 4), "3/4": Metre(3, 4), "2/4": Metre(2, 4), "6/8": Metre(6, 8)}

# Tokens, the step of the measure on which they begin, and the metre.
Part = tuple[np.ndarray, int, Metre]


class Corpus:
    def __init__(self, data: Path):
        solos = [line for line in weimar_solos(data) if line.metre == "4/4"]
        leads = [line for line in openewld_leads(data) if line.metre in METRES]
        parts = [(line, *melody_tokens(line), METRES[line.metre]) for line in [*solos, *leads]]
        held_out = [(line, part) for line, *part in parts[: len(solos)] if is_validation(line.title)]
        self.training = [part for line, *part in parts if not is_validation(line.title)]
        self.validation_lines, self.validation = zip(*held_out)
        self.chances = np.array([len(tokens) for tokens, _, _ in self.training], np.float64)
        self.chances /= self.chances.sum()

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[torch.Tensor, int]:
        inputs = np.zeros((LENGTH, len(randoms), LAYOUT.size), np.float32)
        targets = np.full((LENGTH, len(randoms)), -1, np.int64)
        for column, random in enumerate(randoms):
            tokens, first_step, metre = self.training[random.choice(len(self.training), p=self.chances)]
            start = random.integers(max(1, len(tokens) - LENGTH + 1))
            tokens = transposed(tokens[start : start + LENGTH], random.integers(-5, 7))
            inputs[: len(tokens), column] = rows(tokens, first_step + start, metre)
            targets[: len(tokens), column] = tokens
        return summed_nats(network(torch.from_numpy(inputs))[0], torch.from_numpy(targets))


def nll(network: Network, parts: list[Part]) -> float:
    """Nats a step."""
    return nats(run_all(network, [rows(*part) for part in parts]), [part[0] for part in parts])


def pitch_nll(network: Network, parts: list[Part]) -> float:
    """Nats a note: of the pitch where a note begins, given that one does."""
    logits = run_all(network, [rows(*part) for part in parts])
    begins = [np.flatnonzero(tokens >= FIRST_PITCH)[1:] for tokens, _, _ in parts]
    return nats(
        [each[steps, FIRST_PITCH:] for each, steps in zip(logits, begins)],
        [tokens[steps] - FIRST_PITCH for (tokens, _, _), steps in zip(parts, begins)],
    )


@torch.no_grad()
def improvise(network: Network, part: Part, temperature: float, random: np.random.Generator) -> list[int]:
    """Pitches on the rhythm of a line, from its first pitch on; the model may only choose the pitch."""
    tokens, first_step, metre = part
    given, state, memory = rows(tokens, first_step, metre), None, np.zeros(LAYOUT.sizes["memory"], np.float32)
    tokens = tokens.copy()
    for step, token in enumerate(tokens):
        if step:
            given[step, LAYOUT.slice("token")] = np.eye(CLASSES)[tokens[step - 1]]
            given[step, LAYOUT.slice("memory")] = memory
        logits, state = network(torch.from_numpy(given[step])[None, None], state)
        if token >= FIRST_PITCH:
            if step:
                chances = torch.softmax(logits[0, 0, FIRST_PITCH:].double() / temperature, 0).numpy()
                tokens[step] = FIRST_PITCH + random.choice(len(chances), p=chances)
            memory *= MEMORY_DECAY
            memory[tokens[step] - FIRST_PITCH] = 1
    return [int(token) - FIRST_PITCH + MIN_PITCH for token in tokens if token >= FIRST_PITCH]


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    lines = [replace(line, notes=list(on_steps(line).values())) for line in corpus.validation_lines]
    random = np.random.default_rng(1)
    return {
        "nll": nll(network, corpus.validation),
        "pitch_nll": pitch_nll(network, corpus.validation),
        "human": statistics(lines, [[note.pitch for note in line.notes] for line in lines]),
        "free_running": statistics(
            lines, [improvise(network, part, TEMPERATURE, random) for part in corpus.validation]
        ),
    }


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented line."""
    tokens, first_step = melody_tokens(invented_line(EXAMPLE_NOTES, chords=False))
    return [
        example(
            network,
            rows(tokens, first_step, Metre(4, 4)),
            {"metre": "4/4", "firstStep": first_step},
            [{"token": int(token)} for token in tokens],
        )
    ]


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, CLASSES, DROPOUT)

    def validate(model: Network) -> float:
        return nll(model, corpus.validation)

    best = fit(network, corpus.loss, validate, Settings(steps), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "MelodyConverter", "args": {"minPitch": MIN_PITCH, "maxPitch": MAX_PITCH}},
        "auxInputs": AUXILIARY_INPUTS,
        "tradefours": {"name": "melody", "version": 1, "temperature": TEMPERATURE},
    }
    return Trained(
        "melody",
        best,
        config,
        validate,
        lambda model: measure(model, corpus),
        examples,
        [line.id for line in corpus.validation_lines],
        [run],
    )
