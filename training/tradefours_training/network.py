"""The network that the engine runs: an LSTM stack with a linear head."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.functional import cross_entropy

State = list[tuple[Tensor, Tensor]]


class Network(nn.Module):
    """`classes` logits a step from one row a step; time first, as in [steps, batch, inputs].

    With a `rank`, the first layer's weights for the row are a product of two smaller matrices: fewer to learn, and one
    matrix as ever in the checkpoint."""

    def __init__(
        self,
        inputs: int,
        hidden: int,
        layers: int,
        classes: int,
        dropout: float = 0.0,
        input_dropout: float = 0.0,
        rank: int | None = None,
        recurrent_dropout: float = 0.0,
    ):
        super().__init__()
        self.chances = [input_dropout, *[dropout] * layers]
        self.recurrent_chance = recurrent_dropout
        self.narrow = nn.Linear(inputs, rank, bias=False) if rank else None
        widths = [rank or inputs, *[hidden] * (layers - 1)]
        self.layers = nn.ModuleList(nn.LSTM(width, hidden) for width in widths)
        self.head = nn.Linear(hidden, classes)
        # Which part of the batch this process has: its number, and of how many.
        self.share = (0, 1)
        with torch.no_grad():  # Remember by default: a forget bias of one.
            for layer in self.layers:
                layer.bias_hh_l0.zero_()
                layer.bias_ih_l0.zero_()
                layer.bias_ih_l0[hidden : 2 * hidden] = 1.0

    @property
    def inputs(self) -> int:
        return self.narrow.in_features if self.narrow else self.layers[0].input_size

    def forward(self, rows: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        values, after = self.drop(rows, 0), []
        if self.narrow:
            values = self.narrow(values)
        for number, layer in enumerate(self.layers):
            values, last = self.recur(layer, values, state[number] if state else None)
            values = self.drop(values, number + 1)
            after.append(last)
        return self.head(values), after

    def recur(
        self, layer: nn.LSTM, values: Tensor, state: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Runs a layer. In training it does so without some of its recurrent connections, which are drawn anew for each
        batch (Merity, Keskar and Socher, "Regularizing and Optimizing LSTM Language Models", 2018)."""
        chance, weights = self.recurrent_chance, layer.weight_hh_l0
        if not self.training or chance == 0:
            return layer(values, state)
        kept = weights * (torch.rand_like(weights) >= chance) / (1 - chance)
        return functional_call(layer, {"weight_hh_l0": kept}, (values, state))

    def drop(self, values: Tensor, place: int) -> Tensor:
        """Dropout that a column of the batch has alike in whichever process: each draws for the whole batch."""
        chance, (number, processes) = self.chances[place], self.share
        if not self.training or chance == 0:
            return values
        steps, columns, width = values.shape
        drawn = torch.rand(steps, columns * processes, width)[:, number * columns : (number + 1) * columns]
        return values * (drawn >= chance) / (1 - chance)


@torch.no_grad()
def run_all(network: Network, sequences: list[np.ndarray], together: int = 16) -> list[Tensor]:
    """The logits [steps, classes] of each sequence of rows, each from an empty memory; those alike in length run
    together."""
    order = sorted(range(len(sequences)), key=lambda index: len(sequences[index]))
    results: dict[int, Tensor] = {}
    for start in range(0, len(order), together):
        group = order[start : start + together]
        padded = nn.utils.rnn.pad_sequence([torch.from_numpy(sequences[index]) for index in group])
        logits, _ = network(padded)
        results |= {index: logits[: len(sequences[index]), column] for column, index in enumerate(group)}
    return [results[index] for index in range(len(sequences))]


def nats(logits: list[Tensor], targets: list[np.ndarray]) -> float:
    """The mean negative log-likelihood over all steps of all sequences."""
    return cross_entropy(torch.cat(logits), torch.from_numpy(np.concatenate(targets))).item()


def summed_nats(logits: Tensor, targets: Tensor) -> tuple[Tensor, int]:
    """The summed negative log-likelihood of a batch, and of how many targets; those of -1 don't count."""
    total = cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1, reduction="sum")
    return total, int((targets >= 0).sum())
