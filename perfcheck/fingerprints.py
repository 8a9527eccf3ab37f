"""Fingerprints that know a finding again after lines were inserted, projects reordered or the file renamed.

Made of the rule, the way to the place in the form (by names, not by numbers or lines) and the text found there;
findings alike in all of these are told apart by counting them.
"""

from __future__ import annotations

from perfcheck.digests import blake2b
from perfcheck.finding import Location


def fingerprint_of(rule_id: str, location: Location, seen: dict[str, int]) -> str:
    """Sixteen hexadecimal digits and the count of such findings before this one; ``seen`` is one document's."""
    way = "/".join([f"{kind}:{text or ''}" for kind, text, _ in location.steps])
    content = "".join(location.text.split())
    digest = blake2b(f"{rule_id}\0{way}\0{content}".encode(), digest_size=8).hexdigest()
    count = seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{count}"
