"""What each model reads and writes, index by index. `ENCODINGS.md` says the same in prose for the engine."""
