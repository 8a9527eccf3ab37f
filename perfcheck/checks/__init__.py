"""Checks: small functions over one node, named in rules and given their options there.

A check is a function ``name(read, *, option, …)`` that takes its options once, when a rule is loaded, and returns
the function that judges nodes. ``read(field)`` gives the function that reads a field of the node. The keyword
parameters *are* the options: their annotations are what the rulebook accepts and documents, which keeps start-up
free of two dozen option classes.
"""

from perfcheck.checks.table import CHECKS

__all__ = ["CHECKS"]
