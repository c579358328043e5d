"""Trains `solo` on the solos of Weimar and the leads of OpenEWLD."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import Module

from .corpora.line import Line
from .corpora.openewld import openewld_leads
from .corpora.weimar import weimar_solos
from .encodings.solo import CLASSES, GROUPS, LARGEST_INTERVAL, LAYOUT, KeyPress, SoloEncoder, interval_class
from .fitting import Settings, fit
from .invented import invented_line
from .network import Network, nats, run_all, summed_nats
from .ngram import best_ngram
from .statistics import statistics
from .trained import Trained, example

HIDDEN, LAYERS = 256, 2
DROPOUT, INPUT_DROPOUT, RECURRENT_DROPOUT, WEIGHT_DECAY = 0.45, 0.1, 0.4, 0.02
LENGTH = 160
ABLATIONS = [("chords",), ("place",), ("rhythm",), ("chords", "place", "rhythm")]
ABLATED_SHARE = 0.2
TEMPERATURE = 0.95
EXAMPLE_NOTES = 24


def key_presses(line: Line, played: bool) -> list[KeyPress]:
    """A line as its key presses, placed in the measure as notated or as really `played`."""
    presses, released = [], None
    for note in line.notes:
        presses.append(
            KeyPress(
                note.onset,
                note.bpm,
                note.played_place if played else note.place,
                note.measure,
                released if released is not None and released < note.onset - 0.005 else None,
                note.chord,
                note.next_chord,
                note.beats_to_next_chord,
            )
        )
        released = note.release
    return presses


def encode_intervals(line: Line) -> list[int]:
    return [interval_class(after.pitch - before.pitch) for before, after in zip(line.notes, line.notes[1:])]


def encode(line: Line, played: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """The input rows of a line, from its second note on, and the intervals to predict."""
    encoder, rows = SoloEncoder(), np.zeros((len(line.notes) - 1, LAYOUT.size), np.float32)
    for number, (press, note) in enumerate(zip(key_presses(line, played), line.notes)):
        if number:
            row = encoder.row(press)
            rows[number - 1, list(row)] = list(row.values())
        encoder.sounded(press, note.pitch)
    return rows, np.array(encode_intervals(line), np.int64)


def without(rows: np.ndarray, groups: tuple[str, ...]) -> np.ndarray:
    rows = rows.copy()
    for group in groups:
        rows[..., GROUPS[group]] = 0
    return rows


class Corpus:
    """All lines encoded, split by tune."""

    def __init__(self, data: Path):
        solos = [line for line in weimar_solos(data) if len(line.notes) > 1]
        self.validation = [line for line in solos if line.is_held_out]
        self.solos = [line for line in solos if not line.is_held_out]
        lines = [*self.solos, *(line for line in openewld_leads(data) if not line.is_held_out)]
        self.training = [encode(line, played) for line in lines for played in (False, True)]
        self.chances = np.array([len(targets) for _, targets in self.training], np.float64)
        self.chances /= self.chances.sum()
        self.validating = [encode(line) for line in self.validation]

    def batch(self, randoms: list[np.random.Generator]) -> tuple[torch.Tensor, torch.Tensor]:
        """Random stretches, -1 where a line ends early; now and then without a group of inputs."""
        rows = np.zeros((LENGTH, len(randoms), LAYOUT.size), np.float32)
        targets = np.full((LENGTH, len(randoms)), -1, np.int64)
        for column, random in enumerate(randoms):
            inputs, outputs = self.training[random.choice(len(self.training), p=self.chances)]
            start = random.integers(max(1, len(outputs) - LENGTH + 1))
            length = min(LENGTH, len(outputs) - start)
            rows[:length, column] = inputs[start : start + length]
            targets[:length, column] = outputs[start : start + length]
            if random.random() < ABLATED_SHARE:
                for group in ABLATIONS[random.integers(len(ABLATIONS))]:
                    rows[:, column, GROUPS[group]] = 0
        return torch.from_numpy(rows), torch.from_numpy(targets)

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[torch.Tensor, int]:
        rows, targets = self.batch(randoms)
        return summed_nats(network(rows)[0], targets)


def nll(network: Network, lines: list[tuple[np.ndarray, np.ndarray]], groups: tuple[str, ...] = ()) -> float:
    """Nats a note over whole lines."""
    return nats(run_all(network, [without(rows, groups) for rows, _ in lines]), [targets for _, targets in lines])


def nll_with_direction(network: Network, lines: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Nats a note where the hand tells whether the line goes up, down or stays: that rules out the other intervals, so
    conditioning is exact and needs no input."""
    direction = torch.sign(torch.arange(CLASSES) - LARGEST_INTERVAL)
    targets = [goals for _, goals in lines]
    logits = [
        logits.masked_fill(direction[None] != direction[torch.from_numpy(goals)][:, None], -torch.inf)
        for logits, goals in zip(run_all(network, [rows for rows, _ in lines]), targets)
    ]
    return nats(logits, targets)


@torch.no_grad()
def improvise(network: Network, line: Line, temperature: float, random: np.random.Generator) -> list[int]:
    """Pitches on the rhythm and over the chords of a line, from its first pitch on."""
    encoder, state, pitches = SoloEncoder(), None, [line.notes[0].pitch]
    for number, press in enumerate(key_presses(line, played=False)):
        if number:
            row = torch.zeros(1, 1, LAYOUT.size)
            for index, value in encoder.row(press).items():
                row[0, 0, index] = value
            logits, state = network(row, state)
            chances = torch.softmax(logits[0, 0].double() / temperature, 0).numpy()
            pitches.append(pitches[-1] + int(random.choice(CLASSES, p=chances)) - LARGEST_INTERVAL)
        encoder.sounded(press, pitches[-1])
    return pitches


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    figures: dict[str, Any] = {"nll": nll(network, corpus.validating)}
    figures["nll_as_played"] = nll(network, [encode(line, played=True) for line in corpus.validation])
    figures["nll_with_direction"] = nll_with_direction(network, corpus.validating)
    for groups in ABLATIONS:
        figures[f"nll_without_{'_'.join(groups)}"] = nll(network, corpus.validating, groups)
    figures["ngram_nll"], figures["ngram_order"] = best_ngram(
        CLASSES, *([encode_intervals(line) for line in lines] for lines in (corpus.solos, corpus.validation))
    )
    played = [[note.pitch for note in line.notes] for line in corpus.validation]
    figures["human"] = statistics(corpus.validation, played)
    random = np.random.default_rng(1)
    lines = [improvise(network, line, TEMPERATURE, random) for line in corpus.validation]
    figures["free_running"] = statistics(corpus.validation, lines)
    return figures


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented line, with chords and without."""
    result = []
    for chords in (True, False):
        line = invented_line(EXAMPLE_NOTES, chords)
        rows, _ = encode(line, played=True)
        steps = [
            {"press": asdict(press), "sounded": note.pitch}
            for press, note in zip(key_presses(line, played=True), line.notes)
        ]
        result.append(example(network, rows, {"first": steps[0]}, steps[1:]))
    return result


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, CLASSES, DROPOUT, INPUT_DROPOUT, recurrent_dropout=RECURRENT_DROPOUT)

    def validate(model: Network) -> float:
        return nll(model, corpus.validating)

    best = fit(network, corpus.loss, validate, Settings(steps, weight_decay=WEIGHT_DECAY), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "SoloEncoder", "args": {"largestInterval": LARGEST_INTERVAL}},
        "tradefours": {"name": "solo", "version": 1, "temperature": TEMPERATURE},
    }
    return Trained(
        "solo",
        best,
        config,
        validate,
        lambda model: measure(model, corpus),
        examples,
        [line.id for line in corpus.validation],
        run,
    )
