"""The baselines: n-grams with Witten-Bell smoothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log


class NGram:
    """Tokens given the `order` tokens before them, smoothed down to the uniform distribution over `classes`."""

    def __init__(self, order: int, classes: int, sequences: Iterable[Sequence[int]]):
        self.order, self.classes = order, classes
        self.counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for sequence in sequences:
            for index, token in enumerate(sequence):
                for length in range(min(order, index) + 1):
                    self.counts[tuple(sequence[index - length : index])][token] += 1
        self.totals = {context: counter.total() for context, counter in self.counts.items()}

    def probability(self, context: tuple[int, ...], token: int) -> float:
        shorter = self.probability(context[1:], token) if context else 1 / self.classes
        counter = self.counts.get(context)
        if counter is None:
            return shorter
        return (counter[token] + len(counter) * shorter) / (self.totals[context] + len(counter))

    def nll(self, sequences: Iterable[Sequence[int]]) -> float:
        """Nats a token."""
        total = count = 0
        for sequence in sequences:
            for index, token in enumerate(sequence):
                total -= log(self.probability(tuple(sequence[max(0, index - self.order) : index]), token))
                count += 1
        return total / count


def best_ngram(
    classes: int, training: list[Sequence[int]], validation: list[Sequence[int]], orders: Iterable[int] = range(1, 6)
) -> tuple[float, int]:
    """The least validation NLL over the orders, and its order."""
    return min((NGram(order, classes, training).nll(validation), order) for order in orders)


# What is to be foretold, after what is known, the most telling last.
Pairs = list[tuple[tuple[int, ...], int]]


def best_contexts(classes: int, training: Pairs, validation: Pairs) -> tuple[float, int]:
    """The least validation NLL of tokens that come after contexts of their own, and how much of a context it takes."""

    def nll(order: int) -> float:
        model = NGram(order, classes, [])
        for context, token in training:
            for length in range(min(order, len(context)) + 1):
                model.counts[context[len(context) - length :]][token] += 1
        model.totals = {context: counter.total() for context, counter in model.counts.items()}
        shortened = ((context[max(0, len(context) - order) :], token) for context, token in validation)
        return -sum(log(model.probability(context, token)) for context, token in shortened) / len(validation)

    longest = max(len(context) for context, _ in training)
    return min((nll(order), order) for order in range(1, longest + 1))
