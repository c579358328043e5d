"""Trains `phrase` on the solos of Weimar."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import mean, pstdev
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import Module
from torch.nn.functional import cross_entropy

from .corpora.line import Line
from .corpora.weimar import weimar_solos
from .encodings.phrase import DISTANCES, GROUPS, LAYOUT, LONGEST_DISTANCE, OUTPUTS, Onset, PhraseEncoder, length_class
from .encodings.solo import PHRASE_REST_SECONDS, half_up
from .fitting import Settings, fit
from .invented import invented_line
from .network import Network, run_all
from .ngram import best_contexts
from .trained import Trained, example

HIDDEN, LAYERS = 224, 1
INPUT_DROPOUT, DROPOUT, RECURRENT_DROPOUT = 0.1, 0.45, 0.5
WEIGHT_DECAY = 0.02
LENGTH, BATCH = 128, 24
METRES = range(2, 13)
LEFT_SHARE, CHORDS_SHARE, HEARD_SHARE = 0.5, 0.8, 0.5
# Stretches are learnt a little faster and slower than they were played: the spread of the tempo's log2.
TEMPO_SPREAD = 0.1
TEMPERATURE = 0.95
EXAMPLE_NOTES = 24
# An n-gram that knows the plan sees so far ahead of a phrase's end, in twelfths of a beat: with less, and more, it is worse.
PLAN_SEEN = 12
# What duration and loudness weigh in the loss beside the rhythm.
TOUCH_WEIGHT = 0.5


class Rhythm:
    """A line as `phrase` sees it: the rows, and what is to be predicted at each. `heard` takes the phrases from the
    rests, as it must be done live; else they are those of the annotators."""

    def __init__(self, line: Line, heard: bool = False):
        notes = line.notes
        times = [int(time) for time in np.maximum.accumulate([half_up(12 * note.beat) for note in notes])]
        begins = [True, *(rested(*pair) if heard else pair[0].phrase_ends for pair in zip(notes, notes[1:]))]
        self.ends = np.array([note.phrase_ends for note in notes])
        self.left = planned(times, self.ends)
        self.loudness = standardised([note.loudness for note in notes])
        self.onsets = [
            Onset(
                times[index],
                note.bpm,
                half_up(12 * note.place) % half_up(12 * note.measure),
                half_up(12 * note.measure),
                begins[index],
                note.chord is not None,
                note.beats_to_next_chord,
                self.left[index],
            )
            for index, note in enumerate(notes)
        ]
        self.beats = [note.beats for note in notes]
        self.pitches = [note.pitch for note in notes]
        self.rows = self._rows().astype(np.float16)
        self.phrase = np.cumsum([0, *self.ends[:-1]])
        distances = np.minimum(np.diff(times), LONGEST_DISTANCE)
        self.token = np.append(distances + DISTANCES * self.ends[:-1], -1).astype(np.int64)
        self.length = np.array([-1, *(length_class(beats) for beats in self.beats[:-1])], np.int64)
        self.touch = np.array([np.nan, *self.loudness[:-1]], np.float32)

    def _rows(self) -> np.ndarray:
        rows, encoder = np.zeros((len(self.onsets), LAYOUT.size), np.float32), PhraseEncoder()
        for index, onset in enumerate(self.onsets):
            row = encoder.row(onset)
            rows[index, list(row)] = list(row.values())
            if index:
                encoder.touched(self.beats[index - 1], known(self.loudness[index - 1]))
            encoder.sounded(onset, self.pitches[index])
        return rows

    def shown(self, *groups: str) -> np.ndarray:
        """The rows with these groups of inputs only, beside those that are always there."""
        rows = self.rows.astype(np.float32)
        for name, group in GROUPS.items():
            if name not in groups:
                rows[:, group] = 0
        return rows


def rested(before: Any, after: Any) -> bool:
    return after.onset - before.release >= PHRASE_REST_SECONDS


def known(loudness: float) -> float:
    return 0.0 if np.isnan(loudness) else float(loudness)


def planned(times: list[int], ends: np.ndarray) -> list[int]:
    """For each note, how long until the last note of its phrase begins."""
    result, last = [0] * len(times), times[-1]
    for index in reversed(range(len(times))):
        if ends[index]:
            last = times[index]
        result[index] = last - times[index]
    return result


def standardised(loudness: list[float | None]) -> list[float]:
    """In standard deviations over the mean of the line."""
    heard = [value for value in loudness if value is not None]
    if not heard:
        return [np.nan] * len(loudness)
    middle, spread = mean(heard), max(1.0, pstdev(heard))
    return [np.nan if value is None else (value - middle) / spread for value in loudness]


class Corpus:
    """The solos in metres of whole beats, split by tune."""

    def __init__(self, data: Path):
        solos = [line for line in weimar_solos(data) if len(line.notes) > 1 and line.notes[0].measure in METRES]
        self.lines = [line for line in solos if line.is_held_out]
        training = [line for line in solos if not line.is_held_out]
        self.training = [(Rhythm(line), Rhythm(line, heard=True)) for line in training]
        self.validation = [Rhythm(line) for line in self.lines]
        self.chances = np.array([len(rhythm.token) for rhythm, _ in self.training], np.float64)
        self.chances /= self.chances.sum()

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[Tensor, int]:
        shape = (LENGTH, len(randoms))
        rows = np.zeros((*shape, LAYOUT.size), np.float32)
        token, length = np.full(shape, -1, np.int64), np.full(shape, -1, np.int64)
        touch = np.full(shape, np.nan, np.float32)
        for column, random in enumerate(randoms):
            annotated, heard = self.training[random.choice(len(self.training), p=self.chances)]
            rhythm = heard if random.random() < HEARD_SHARE else annotated
            start = random.integers(max(1, len(rhythm.token) - LENGTH + 1))
            part = slice(start, start + LENGTH)
            count = len(rhythm.token[part])
            rows[:count, column] = rhythm.rows[part]
            rows[:count, column, LAYOUT.start["tempo"]] += random.normal(0, TEMPO_SPREAD)
            if random.random() >= CHORDS_SHARE:
                rows[:, column, GROUPS["chords"]] = 0
            # The ends of some phrases are planned, those of others are left to the model.
            hidden = random.random(rhythm.phrase[-1] + 1)[rhythm.phrase[part]] >= LEFT_SHARE
            rows[:count, column, GROUPS["left"]] *= ~hidden[:, None]
            token[:count, column], length[:count, column] = rhythm.token[part], rhythm.length[part]
            touch[:count, column] = rhythm.touch[part]
        outputs, _ = network(torch.from_numpy(rows))
        total, _ = summed(outputs, *(torch.from_numpy(target) for target in (token, length, touch)))
        return total, int((token >= 0).sum())


def summed(outputs: Tensor, token: Tensor, length: Tensor, touch: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
    """The summed loss of a batch, and its parts."""
    parts = {
        "rhythm": cross_entropy(
            outputs[..., OUTPUTS.slice("distance")].flatten(0, -2), token.flatten(), ignore_index=-1, reduction="sum"
        ),
        "length": cross_entropy(
            outputs[..., OUTPUTS.slice("length")].flatten(0, -2), length.flatten(), ignore_index=-1, reduction="sum"
        ),
        "loudness": laplace(outputs, touch),
    }
    return parts["rhythm"] + TOUCH_WEIGHT * (parts["length"] + parts["loudness"]), parts


def laplace(outputs: Tensor, touch: Tensor) -> Tensor:
    """The summed nats of loudness as Laplace distributions, whose spread is the log of their scale."""
    heard = ~touch.isnan()
    centre = outputs[..., OUTPUTS.start["loudness"]][heard]
    spread = outputs[..., OUTPUTS.start["loudness_spread"]][heard].clamp(-4, 4)
    return ((centre - touch[heard]).abs() * (-spread).exp() + spread + np.log(2)).sum()


def validate(network: Network, rhythms: list[Rhythm], *groups: str) -> dict[str, float]:
    """Nats a note: the loss, the distance with the phrase's end, the distance alone, the length; and the mean absolute
    error of the loudness."""
    outputs = torch.cat(run_all(network, [rhythm.shown(*groups) for rhythm in rhythms]))
    token, length, touch = (
        torch.from_numpy(np.concatenate([getattr(rhythm, field) for rhythm in rhythms]))
        for field in ("token", "length", "touch")
    )
    total, parts = summed(outputs, token, length, touch)
    notes, heard = (token >= 0).sum().item(), ~touch.isnan()
    logs = torch.log_softmax(outputs[:, OUTPUTS.slice("distance")], 1)
    distances = torch.logsumexp(torch.stack([logs[:, :DISTANCES], logs[:, DISTANCES:]]), 0)
    goals = token % DISTANCES
    return {
        "loss": total.item() / notes,
        "rhythm": parts["rhythm"].item() / notes,
        "distance": -distances[torch.arange(len(goals)), goals][token >= 0].mean().item(),
        "length": parts["length"].item() / max(1, (length >= 0).sum().item()),
        "loudness_error": (outputs[:, OUTPUTS.start["loudness"]] - touch)[heard].abs().mean().item(),
    }


def placed(rhythm: Rhythm, place: Callable[[Onset], tuple[int, ...]]) -> list[tuple[tuple[int, ...], int]]:
    """Each distance after its place and the four distances before it, the nearest last."""
    distances = [int(token) % DISTANCES for token in rhythm.token[:-1]]
    return [
        ((*distances[max(0, index - 4) : index], *place(rhythm.onsets[index])), distance)
        for index, distance in enumerate(distances)
    ]


def baselines(training: list[Rhythm], validation: list[Rhythm]) -> dict[str, Any]:
    """The best n-gram of distances, and the mean absolute error of the mean loudness at each place of the measure."""
    figures: dict[str, Any] = {"ngram_distance": np.inf}

    def best(place: Callable[[Onset], tuple[int, ...]]) -> tuple[float, int]:
        pairs = [[pair for rhythm in rhythms for pair in placed(rhythm, place)] for rhythms in (training, validation)]
        return best_contexts(DISTANCES, *pairs)

    for where, place in (("beat", lambda onset: (onset.place % 12,)), ("measure", lambda onset: (onset.place,))):
        nats, order = best(place)
        if nats < figures["ngram_distance"]:
            figures |= {"ngram_distance": nats, "ngram_place": where, "ngram_distances_before": order - 1}
    figures["ngram_distance_end_planned"], _ = best(lambda onset: (onset.place % 12, min(PLAN_SEEN + 1, onset.left)))
    sums: dict[int, list[float]] = {}
    for rhythm in training:
        for onset, loudness in zip(rhythm.onsets, rhythm.loudness):
            if not np.isnan(loudness):
                sums.setdefault(onset.place, []).append(loudness)
    errors = [
        abs(loudness - (mean(sums[onset.place]) if onset.place in sums else 0.0))
        for rhythm in validation
        for onset, loudness in zip(rhythm.onsets[:-1], rhythm.loudness[:-1])
        if not np.isnan(loudness)
    ]
    return figures | {"loudness_error_of_place": float(np.mean(errors))}


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    figures: dict[str, Any] = validate(network, corpus.validation, "chords")
    heard = [Rhythm(line, heard=True) for line in corpus.lines]
    others = {
        "phrases_by_rests": validate(network, heard, "chords"),
        "without_chords": validate(network, corpus.validation),
        "end_planned": validate(network, corpus.validation, "chords", "left"),
    }
    figures |= {f"{name}_{what}": value for what, told in others.items() for name, value in told.items()}
    return figures | baselines([rhythm for rhythm, _ in corpus.training], corpus.validation)


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented line, with chords and a plan and without."""
    result = []
    for told in (True, False):
        rhythm = Rhythm(invented_line(EXAMPLE_NOTES, told))
        if not told:
            rhythm.onsets = [Onset(**{**asdict(onset), "left": None}) for onset in rhythm.onsets]
        rows = rhythm._rows()
        steps = [
            {
                "onset": asdict(onset),
                "beats": rhythm.beats[index],
                "loudness": round(known(rhythm.loudness[index]), 6),
                "pitch": rhythm.pitches[index],
            }
            for index, onset in enumerate(rhythm.onsets)
        ]
        result.append(example(network, rows, {}, steps))
    return result


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(
        LAYOUT.size, HIDDEN, LAYERS, OUTPUTS.size, DROPOUT, INPUT_DROPOUT, recurrent_dropout=RECURRENT_DROPOUT
    )

    def validation_loss(model: Network) -> float:
        return validate(model, corpus.validation, "chords")["loss"]

    best = fit(network, corpus.loss, validation_loss, Settings(steps, batch=BATCH, weight_decay=WEIGHT_DECAY), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "PhraseEncoder", "args": {"longestDistance": LONGEST_DISTANCE}},
        "tradefours": {"name": "phrase", "version": 1, "temperature": TEMPERATURE},
    }
    return Trained(
        "phrase",
        best,
        config,
        validation_loss,
        lambda model: measure(model, corpus),
        examples,
        [line.id for line in corpus.lines],
        run,
    )
