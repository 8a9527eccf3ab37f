"""A rule's message filled by name against the same template through Jinja, over all rules of the default pack."""

from __future__ import annotations

import re
import statistics
import time

from perfcheck.api import open_pack
from perfcheck.messages import Messages, compile_with_jinja

ROUNDS = 200


def main() -> None:
    """Print the median ratio over the messages that only name values."""
    ratios = []
    for rule in open_pack("hebei").rules:
        template = rule.message.zh
        if "{%" in template:
            continue
        values = dict.fromkeys(re.findall(r"{{\s*(\w+)\s*}}", template), "某值")
        times = []
        for fill in (Messages.compile(template), compile_with_jinja(template)):
            started = time.perf_counter()
            for _ in range(ROUNDS):
                fill(values)
            times.append(time.perf_counter() - started)
        ratios.append(times[1] / times[0])
    print(f"Jinja {statistics.median(ratios):.1f} × filling by name, {len(ratios)} messages")


if __name__ == "__main__":
    main()
