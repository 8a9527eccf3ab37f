"""Reading: bytes of any known kind of file become one canonical :class:`~perfcheck.source.SourceText`."""

from perfcheck.reading.reader import SUFFIXES, read_bytes, read_file

__all__ = ["SUFFIXES", "read_bytes", "read_file"]
