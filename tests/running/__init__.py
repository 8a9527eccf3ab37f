"""Runs over many files: processes, the cache, parts, a cluster."""
