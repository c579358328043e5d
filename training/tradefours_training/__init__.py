"""Trains the four models that Tradefours ships: `solo`, `drums`, `melody` and `feel`."""
