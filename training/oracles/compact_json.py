"""JSON that a person can read in a diff: whatever is short stands on one line."""

import json


def write_json(path, value, width=1000):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_layout(value, width) + "\n")
    print(f"{path.stat().st_size / 1024:7.1f} KiB  {path.name}")


def sparse(vector):
    """The entries that aren't zero, as [index, value]; all the inputs recorded here are whole numbers."""
    return [[index, int(value)] for index, value in enumerate(vector) if value]


def _layout(value, width, indent=""):
    line = json.dumps(value, separators=(",", ":"))
    if len(line) <= width or not isinstance(value, (list, dict)):
        return line
    deeper = indent + " "
    if isinstance(value, dict):
        items = [f"{json.dumps(key)}: {_layout(item, width, deeper)}" for key, item in value.items()]
        opening, closing = "{}"
    else:
        items = [_layout(item, width, deeper) for item in value]
        opening, closing = "[]"
    return opening + "\n" + ",\n".join(deeper + item for item in items) + "\n" + indent + closing
