"""The styles that a drummer can be asked for: Groove's, gathered under names that players use."""

import json
from pathlib import Path

STYLES = ("rock", "funk", "hip-hop", "swing", "latin", "afro", "soul", "shuffle")

# Pairs of how a style of Groove's begins and the name that it goes under, or none; the first that fits counts.
GATHERED: list[tuple[str, str | None]] = json.loads(Path(__file__).with_name("styles.json").read_text())


def gathered_style(style: str) -> str | None:
    """The name of `STYLES` that a style of Groove's goes under, or none."""
    return next((name for start, name in GATHERED if style.startswith(start)), None)
