"""The network that the engine runs: an LSTM stack with a linear head."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy


class Network(nn.Module):
    """`classes` logits a step from one row a step; time first, as in [steps, batch, inputs]."""

    def __init__(
        self, inputs: int, hidden: int, layers: int, classes: int, dropout: float = 0.0, input_dropout: float = 0.0
    ):
        super().__init__()
        self.input_dropout = nn.Dropout(input_dropout)
        self.lstm = nn.LSTM(inputs, hidden, layers, dropout=dropout if layers > 1 else 0.0)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(hidden, classes)
        with torch.no_grad():  # Remember by default: a forget bias of one.
            for layer in range(layers):
                getattr(self.lstm, f"bias_hh_l{layer}").zero_()
                bias = getattr(self.lstm, f"bias_ih_l{layer}")
                bias.zero_()
                bias[hidden : 2 * hidden] = 1.0

    def forward(self, rows: Tensor, state: tuple[Tensor, Tensor] | None = None):
        hidden, state = self.lstm(self.input_dropout(rows), state)
        return self.head(self.dropout(hidden)), state


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
