"""Readers of the published corpora, each into plain notes. Nothing here knows of a model."""
