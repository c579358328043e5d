"""Input rows as named fields side by side."""

from itertools import accumulate


class Layout:
    """Named fields of a row and where each begins; `ENCODINGS.md` prints these numbers."""

    def __init__(self, **sizes: int):
        starts = [0, *accumulate(sizes.values())]
        self.size = starts[-1]
        self.sizes = sizes
        self.start = dict(zip(sizes, starts))

    def slice(self, name: str) -> slice:
        return slice(self.start[name], self.start[name] + self.sizes[name])
