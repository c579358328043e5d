"""Trains `drums`: a drummer who is asked for a style, a tempo, an intensity, a fill, and who hears the bass."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import Module
from torch.nn.functional import cross_entropy

from .corpora.drumming import Metre, Take
from .corpora.freedoom import freedoom_takes
from .corpora.groove import groove_takes
from .drumming_parts import Part, Ranking
from .encodings.drums import AUXILIARY_INPUTS, LAYOUT, TOKENS, Asked, rows
from .fitting import Settings, fit
from .invented import invented_groove
from .network import Network, run_all, summed_nats
from .ngram import best_ngram
from .trained import Trained, example

HIDDEN, LAYERS, RANK, DROPOUT = 224, 1, 160, 0.35
LENGTH = 160
GROOVE_SHARE = 0.88
# How a measure is cut, and its beats repeated, into other metres: the steps to take.
AUGMENTATIONS = {
    Metre(4, 4): [
        (Metre(3, 4), [*range(0, 12)]),
        (Metre(3, 4), [*range(0, 8), *range(12, 16)]),
        (Metre(5, 4), [*range(0, 16), *range(12, 16)]),
        (Metre(5, 4), [*range(0, 12), *range(8, 16)]),
        (Metre(7, 8), [*range(0, 14)]),
        (Metre(7, 8), [*range(0, 12), 14, 15]),
        (Metre(5, 8), [*range(0, 10)]),
        (Metre(7, 4), [*range(0, 16), *range(4, 16)]),
    ],
    Metre(12, 8): [
        (Metre(6, 8), [*range(0, 12)]),
        (Metre(9, 8), [*range(0, 18)]),
        (Metre(9, 8), [*range(0, 12), *range(18, 24)]),
        (Metre(15, 8), [*range(0, 24), *range(18, 24)]),
    ],
}
AUGMENTED_SHARE = 0.2
# Half of the windows remember what came before them in their take, the others begin a piece.
REMEMBERED_MEASURES, REMEMBERING_SHARE = 4, 0.5
FILL_SHARE = 0.25
BASS_SHARE, STRAY_BASS_SHARE = 0.5, 0.5
# Under swing the bass walks, whatever the kick does: on the beats, and now and then on the last triplet of one.
WALKING_SHARE, WALKING_BEAT, WALKING_SKIP = 0.7, 0.95, 0.12
UNSAID_SHARES = {"style": 0.4, "intensity": 0.5, "phrase": 0.3, "fill": 0.3}


def stray(onsets: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A bassline less tied to the kick: some onsets left out, some added on every second step."""
    kept = onsets * (random.random(len(onsets)) > 0.15)
    added = (random.random(len(onsets)) < 0.1) & (np.arange(len(onsets)) % 2 == 0)
    return np.maximum(kept, added)


def walking(metre: Metre, count: int, random: np.random.Generator) -> np.ndarray:
    """The onsets of a walking bass."""
    place = np.arange(count) % metre.steps % metre.pulse
    chances = np.where(place == 0, WALKING_BEAT, np.where(place == metre.pulse - 2, WALKING_SKIP, 0.0))
    return (random.random(count) < chances).astype(np.int64)


class Corpus:
    def __init__(self, data: Path):
        takes = [replace(take, id=f"groove/{take.id}") for take in groove_takes(data)]
        others = freedoom_takes(data)
        self.groove = self.parts(takes, validation=False)
        freedoom = self.parts(others, validation=False)
        self.training = self.groove + freedoom
        self.validation = self.parts(takes, validation=True)
        self.bass_validation = self.parts((take for take in others if take.bass), validation=True)
        self.ranking = Ranking(self.training, "hits_a_pulse")
        self.intensity = {part.id: self.ranking(part) for part in [*self.training, *self.validation]}
        lengths = [np.array([len(part.tokens) for part in parts], np.float64) for parts in (self.groove, freedoom)]
        self.chances = np.concatenate(
            [share * length / length.sum() for share, length in zip((GROOVE_SHARE, 1 - GROOVE_SHARE), lengths)]
        )
        self.fills = [part for part in self.groove if part.fill]

    @staticmethod
    def parts(takes: Iterable[Take], validation: bool) -> list[Part]:
        return [Part(take) for take in takes if take.validation == validation]

    def draw(self, random: np.random.Generator) -> tuple[dict[str, np.ndarray], Metre, Part, int]:
        """A random window: its tokens and what its drummer was at, step by step; its metre, which may be another than
        that of its part; the part; and how many of its steps are only there to be remembered."""
        part = self.training[random.choice(len(self.training), p=self.chances)]
        metre, steps = part.metre, [*range(part.metre.steps)]
        if metre in AUGMENTATIONS and random.random() < AUGMENTED_SHARE:
            recuts = AUGMENTATIONS[metre]
            metre, steps = recuts[random.integers(len(recuts))]
        whole = len(part.tokens) // part.metre.steps
        count = min(whole, -(-LENGTH // len(steps)))
        start = int(random.integers(whole - count + 1))
        remembered = min(start, REMEMBERED_MEASURES) if random.random() < REMEMBERING_SHARE else 0
        span = slice((start - remembered) * part.metre.steps, (start + count) * part.metre.steps)
        fields = {
            "tokens": part.tokens,
            "onsets": part.onsets,
            "intensity": self.intensity[part.id],
            "phrase": part.phrase,
            "fill": part.fills,
        }
        window = {name: values[span].reshape(-1, part.metre.steps)[:, steps].ravel() for name, values in fields.items()}
        if not part.fill and self.fills and random.random() < FILL_SHARE:
            window = self.with_fill(window, part, metre, steps, remembered, random)
        return window, metre, part, remembered * len(steps)

    def with_fill(
        self,
        window: dict[str, np.ndarray],
        part: Part,
        metre: Metre,
        steps: list[int],
        remembered: int,
        random: np.random.Generator,
    ) -> dict[str, np.ndarray]:
        """The window with one measure replaced by another drummer's fill, if there is one in its metre; the phrase ends
        with it."""
        fitting = [fill for fill in self.fills if fill.metre == part.metre]
        fitting = [fill for fill in fitting if fill.style == part.style] or fitting
        measures = len(window["tokens"]) // len(steps)
        if not fitting or measures - remembered < 3:
            return window
        fill = fitting[random.integers(len(fitting))]
        measure = int(random.integers(remembered + 1, measures))
        span = slice(measure * len(steps), (measure + 1) * len(steps))
        of_fill = int(random.integers(len(fill.tokens) // fill.metre.steps)) * fill.metre.steps + np.array(steps)
        window = {name: values.copy() for name, values in window.items()}
        window["tokens"][span] = fill.tokens[of_fill]
        window["onsets"][span] = fill.onsets[of_fill]
        window["fill"][span] = 1
        phrase_length = random.choice((4, 8))
        window["phrase"] = np.repeat((measure - np.arange(measures)) % phrase_length, len(steps))
        return window

    def column(self, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """A window's rows and tokens. What the drummer is asked for is left out by chance."""
        window, metre, part, remembered = self.draw(random)
        said = {name: random.random() >= share for name, share in UNSAID_SHARES.items()}
        onsets = self.bass(window["onsets"], metre, part, random) if random.random() < BASS_SHARE else None
        asked = Asked(
            part.bpm,
            part.style if said["style"] else None,
            onsets,
            *(window[name] if said[name] else None for name in ("intensity", "phrase", "fill")),
        )
        shown = slice(remembered, remembered + LENGTH)
        return rows(window["tokens"], metre, asked)[shown], window["tokens"][shown]

    def bass(self, kicks: np.ndarray, metre: Metre, part: Part, random: np.random.Generator) -> np.ndarray:
        """A bassline to which a part's drummer might have played."""
        if part.style == "swing" and random.random() < WALKING_SHARE:
            return walking(metre, len(kicks), random)
        return stray(kicks, random) if random.random() < STRAY_BASS_SHARE else kicks

    def loss(self, network: Module, randoms: list[np.random.Generator]) -> tuple[torch.Tensor, int]:
        inputs = np.zeros((LENGTH, len(randoms), LAYOUT.size), np.float32)
        targets = np.full((LENGTH, len(randoms)), -1, np.int64)
        for column, random in enumerate(randoms):
            given, tokens = self.column(random)
            inputs[: len(tokens), column] = given
            targets[: len(tokens), column] = tokens
        return summed_nats(network(torch.from_numpy(inputs))[0], torch.from_numpy(targets))


def of_kind(parts: list[Part], pulse: int) -> list[Part]:
    """The parts on straight sixteenths (pulses of 4 steps) or on triplets (of 6)."""
    return [part for part in parts if part.metre.pulse == pulse]


def beats(parts: list[Part]) -> float:
    return sum(len(part.tokens) / part.metre.pulse for part in parts)


def asked_of(part: Part, intensity: np.ndarray | None = None, *said: str) -> Asked:
    """What a part's own drummer was at, as far as it is to be said."""
    return Asked(
        part.bpm,
        part.style if "style" in said else None,
        part.onsets if "bass" in said else None,
        intensity if "intensity" in said else None,
        part.phrase if "phrase" in said else None,
        part.fills if "fill" in said else None,
    )


def nats_a_beat(network: Network, corpus: Corpus, parts: list[Part], *said: str) -> float:
    """Over whole takes, each from silence."""
    inputs = [rows(part.tokens, part.metre, asked_of(part, corpus.intensity[part.id], *said)) for part in parts]
    return summed(run_all(network, inputs), [part.tokens for part in parts]) / max(1.0, beats(parts))


def answer_nats_a_beat(network: Network, parts: list[Part], measures: int = 2) -> float:
    """Over all windows of `measures`, in turn, each from silence, with its bass and nothing else said."""
    inputs, answers, pulses = [], [], 0.0
    for part in parts:
        size = measures * part.metre.steps
        for start in range(0, len(part.tokens) - size + 1, size):
            tokens, onsets = (values[start : start + size] for values in (part.tokens, part.onsets))
            inputs.append(rows(tokens, part.metre, Asked(part.bpm, onsets=onsets)))
            answers.append(tokens)
            pulses += size / part.metre.pulse
    return summed(run_all(network, inputs, together=64), answers) / max(1.0, pulses)


def summed(logits: list[torch.Tensor], tokens: list[np.ndarray]) -> float:
    return sum(
        cross_entropy(one, torch.from_numpy(other), reduction="sum").item() for one, other in zip(logits, tokens)
    )


def measure(network: Network, corpus: Corpus) -> dict[str, Any]:
    """Nats a beat on each grid: what the drummer is told, and the best n-gram."""
    figures: dict[str, Any] = {}
    for grid, pulse in (("straight", 4), ("triplets", 6)):
        parts = of_kind(corpus.validation, pulse)
        told = {"nothing": (), "style": ("style",), "style_and_intensity": ("style", "intensity")}
        told |= {"all_but_bass": (*told["style_and_intensity"], "phrase", "fill"), "bass": ("style", "bass")}
        figures[grid] = {name: nats_a_beat(network, corpus, parts, *said) for name, said in told.items()}
        figures[grid]["answer"] = answer_nats_a_beat(network, parts)
        nll, order = best_ngram(
            TOKENS,
            *([part.tokens.tolist() for part in of_kind(all, pulse)] for all in (corpus.groove, corpus.validation)),
        )
        figures[grid] |= {"ngram": nll * pulse, "ngram_order": order, "takes": len(parts), "beats": beats(parts)}
    figures["freedoom_answer"] = answer_nats_a_beat(network, corpus.bass_validation)
    return figures


def examples(network: Network) -> list[dict[str, Any]]:
    """An invented groove of which everything is said, and one in 7/8 and one in triplets of which little is."""
    result = []
    for metre, measures, style, said in (
        (Metre(4, 4), 2, "funk", True),
        (Metre(7, 8), 2, None, False),
        (Metre(12, 8), 1, "swing", False),
    ):
        tokens = invented_groove(metre, measures)
        count = np.arange(len(tokens)) // metre.steps
        facts: dict[str, Any] = {"metre": str(metre), "bpm": 132.0, "style": style}
        onsets = (tokens & 1) if metre != Metre(7, 8) else None
        if said:
            facts |= {
                "intensity": 0.75,
                "phrase": (measures - 1 - count).tolist(),
                "fill": (count == 1).astype(int).tolist(),
            }
        asked = Asked(
            132.0,
            style,
            onsets,
            np.full(len(tokens), 0.75) if said else None,
            np.array(facts["phrase"]) if said else None,
            np.array(facts["fill"]) if said else None,
        )
        facts["onsets"] = None if onsets is None else onsets.tolist()
        result.append(example(network, rows(tokens, metre, asked), facts, [{"token": int(token)} for token in tokens]))
    return result


def train(data: Path, run: Path, steps: int) -> Trained:
    corpus = Corpus(data)
    torch.manual_seed(1)
    network = Network(LAYOUT.size, HIDDEN, LAYERS, TOKENS, DROPOUT, rank=RANK)

    def validate(model: Network) -> float:
        return nats_a_beat(model, corpus, corpus.validation, "style")

    best = fit(network, corpus.loss, validate, Settings(steps, rate=3e-3), run)
    config = {
        "type": "MusicRNN",
        "dataConverter": {"type": "DrumsOneHotConverter"},
        "auxInputs": AUXILIARY_INPUTS,
        "tradefours": {"name": "drums", "version": 2, "temperature": 1.0},
    }
    return Trained(
        "drums",
        best,
        config,
        validate,
        lambda model: measure(model, corpus),
        examples,
        [part.id for part in [*corpus.validation, *corpus.bass_validation]],
        run,
    )
