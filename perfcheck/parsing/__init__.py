"""Parsing: blocks of a document become the model, by the grammars in ``grammar/``."""
