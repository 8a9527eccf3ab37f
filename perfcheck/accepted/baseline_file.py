"""The file of a baseline: JSON with a line for each fault, sorted, so that a change of it can be read in git."""

from __future__ import annotations

import json
import os
from typing import Any, NoReturn

from perfcheck.accepted.known_faults import Baseline, KnownDocument, KnownFault, counted
from perfcheck.errors import SettingsError, why

SCHEMA = "perfcheck-baseline-1"
FAMILY = "perfcheck-baseline-"
DEFAULT = "perfcheck-baseline.json"
ABOUT = "已知的旧问题，由 perfcheck baseline 写出；用 perfcheck baseline update 更新，不要手改 / Known faults"
KEYS = ("rule", "place", "text", "fingerprint", "count")
"""Of a fault, in the order of its fields."""
LARGEST = 200_000_000
"""Bytes; a province's faults are fewer."""


def read_baseline(path: str) -> Baseline:
    """The baseline in the file ``path``; raises :class:`SettingsError` with a sentence for what is none."""
    try:
        if os.path.getsize(path) > LARGEST:
            _refuse(path, "文件太大，不像基线", "too large")
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except FileNotFoundError:
        raise SettingsError(
            f"找不到基线 {path}；先用 perfcheck baseline create 建立 / there is no such baseline"
        ) from None
    except (OSError, UnicodeError) as error:
        _refuse(path, f"读不出来：{why(error)}", "cannot be read")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in text.splitlines()):
            _refuse(path, "里面有没解决的合并冲突；保留任一边，再用 perfcheck baseline update", "merge conflict")
        line = getattr(error, "lineno", None)
        _refuse(path, f"{f'第 {line} 行' if line else ''}不是完好的 JSON，请从 git 恢复", "damaged JSON")
    if not isinstance(content, dict) or not str(content.get("schema", "")).startswith(FAMILY):
        _refuse(path, f"这不是 perfcheck 的基线（没有“schema”: “{SCHEMA}”）", "is no baseline of perfcheck")
    if content["schema"] != SCHEMA:
        _refuse(
            path,
            f"写法是“{content['schema']}”，这个版本的 perfcheck 只认“{SCHEMA}”，请更新 perfcheck 或重建基线",
            "made by another version",
        )
    try:
        return Baseline(_text(content["pack"]), tuple(map(_document, _list(content["documents"]))))
    except (KeyError, TypeError, ValueError) as error:
        _refuse(path, f"内容不完整或被改坏（{error}），请从 git 恢复或用 baseline create 重建", "damaged")


def _refuse(path: str, zh: str, en: str) -> NoReturn:
    raise SettingsError(f"基线 {path}：{zh} / the baseline: {en}") from None


def _document(item: Any) -> KnownDocument:
    unit, year = item["unit"], item["year"]
    if not (unit is None or isinstance(unit, str)) or not (year is None or _is_number(year)):
        raise ValueError("unit, year")
    return KnownDocument(_text(item["path"]), unit, year, counted(map(_fault, _list(item["faults"]))))


def _fault(item: Any) -> KnownFault:
    rule, place, text, fingerprint, count = (item[key] for key in KEYS)
    if not _is_number(count) or count < 1:
        raise ValueError("count")
    if not (isinstance(fingerprint, str) and len(fingerprint) == 16 and set(fingerprint) <= set("0123456789abcdef")):
        raise ValueError("fingerprint")
    return KnownFault(_text(rule), _text(place), _text(text), fingerprint, count)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40}")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r:.40}")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def written(baseline: Baseline) -> str:
    """The text of the file: the same for the same faults, whatever the order they were found in."""
    lines = [
        "{",
        f'"schema": {_json(SCHEMA)},',
        f'"about": {_json(ABOUT)},',
        f'"pack": {_json(baseline.pack)},',
        '"documents": [',
    ]
    documents = sorted((one for one in baseline.documents if one.faults), key=lambda one: one.path)
    for index, document in enumerate(documents):
        head = f'"path": {_json(document.path)}, "unit": {_json(document.unit)}, "year": {_json(document.year)}'
        lines.append(f'{{{head}, "faults": [')
        faults = counted(document.faults)
        lines += [_json(dict(zip(KEYS, fault))) + "," for fault in faults[:-1]]
        lines.append(_json(dict(zip(KEYS, faults[-1]))))
        lines.append("]}," if index + 1 < len(documents) else "]}")
    return "\n".join((*lines, "]", "}", ""))


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    # names of files may be no UTF-8, and line separators would break a line of the file for some editors
    return text if text.isprintable() else json.dumps(value)


def write_baseline(path: str, baseline: Baseline) -> None:
    """Put ``baseline`` into the file ``path``, all of it or nothing; raises :class:`SettingsError`."""
    unfinished = f"{path}.{os.getpid()}"
    try:
        with open(unfinished, "w", encoding="utf-8", newline="\n") as file:
            file.write(written(baseline))
        os.replace(unfinished, path)
    except OSError as error:
        raise SettingsError(f"写不进基线 {path}：{why(error)} / cannot be written") from None
