"""One comment on a merge request, written once and changed from then on: for jobs on GitHub and GitLab.

The only module that talks to a network, and only when ``perfcheck comment`` is called. It knows its comment by a mark
that does not show. Nothing but what the job itself tells (environment variables of its service) is needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from perfcheck.errors import PerfcheckError
from perfcheck.named_tuples import NamedTuple

PAGE = 100
"""Comments asked for at once, the most both services give."""
MOST_PAGES = 100
SECONDS = 30
GITHUB_LONGEST, GITLAB_LONGEST = 65_536, 1_000_000
"""Characters of a comment; we count bytes, to be on the safe side."""


class CommentError(PerfcheckError):
    """The comment could not be read or written; says why and what to do."""


class Place(NamedTuple):
    """The comments of one merge request."""

    service: str
    comments: str
    """The address of the list, to which a new one is posted."""
    comment: str
    """The address of one comment, but for its number at the end."""
    change: str
    """The method that changes one."""
    headers: Mapping[str, str]
    longest: int
    job: str
    """Where the job itself is to be seen; empty where it does not say."""
    remedy: str
    """What to do when we are not let in."""


def place_of(environment: Mapping[str, str]) -> Place | None:
    """The merge request a job runs for; None where it runs for none. Raises :class:`CommentError` without a token."""
    if environment.get("GITHUB_ACTIONS") == "true":
        return _github(environment)
    if environment.get("GITLAB_CI") == "true":
        return _gitlab(environment)
    raise CommentError(
        "只能在 GitHub 或 GitLab 的流水线里写评论：没有 GITHUB_ACTIONS 或 GITLAB_CI / "
        "this runs in jobs on GitHub or GitLab only"
    )


def _github(environment: Mapping[str, str]) -> Place | None:
    try:
        with open(environment.get("GITHUB_EVENT_PATH", ""), encoding="utf-8") as file:
            event = json.load(file)
    except (OSError, ValueError) as error:
        raise CommentError(f"读不了 GITHUB_EVENT_PATH：{error} / the event cannot be read") from None
    number = (event.get("pull_request") or {}).get("number") if isinstance(event, dict) else None
    if not isinstance(number, int):
        return None
    remedy = "任务要有 permissions: pull-requests: write；从复刻仓库来的合并请求没有这个权限"
    repository = environment.get("GITHUB_REPOSITORY", "")
    base = f"{environment.get('GITHUB_API_URL') or 'https://api.github.com'}/repos/{quote(repository)}"
    headers = {
        "Authorization": f"Bearer {_token(environment, ('GITHUB_TOKEN', 'GH_TOKEN'), remedy)}",
        "Accept": "application/vnd.github+json",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    run = environment.get("GITHUB_RUN_ID")
    job = f"{environment.get('GITHUB_SERVER_URL', '')}/{repository}/actions/runs/{run}" if run else ""
    comments = f"{base}/issues/{number}/comments"
    return Place("GitHub", comments, f"{base}/issues/comments/", "PATCH", headers, GITHUB_LONGEST, job, remedy)


def _gitlab(environment: Mapping[str, str]) -> Place | None:
    number = environment.get("CI_MERGE_REQUEST_IID")
    if not number:
        return None
    remedy = "在项目的 CI/CD 变量里放一个有 api 权限的项目访问令牌，名字叫 GITLAB_TOKEN（任务自带的令牌不能写评论）"
    project = quote(environment.get("CI_PROJECT_ID", ""), safe="")
    notes = f"{environment.get('CI_API_V4_URL', '')}/projects/{project}/merge_requests/{quote(number, safe='')}/notes"
    headers = {"PRIVATE-TOKEN": _token(environment, ("GITLAB_TOKEN",), remedy)}
    job = environment.get("CI_JOB_URL", "")
    return Place("GitLab", notes, notes + "/", "PUT", headers, GITLAB_LONGEST, job, remedy)


def _token(environment: Mapping[str, str], names: tuple[str, ...], remedy: str) -> str:
    for name in names:
        if environment.get(name):
            return environment[name]
    raise CommentError(f"没有写评论用的令牌 {names[0]}：{remedy} / no token")


def write_comment(place: Place, text: str, name: str, only_change: bool = False) -> str:
    """Have exactly one comment called ``name`` that says ``text``; what was done: written, changed, same or none.

    With ``only_change`` a comment that is there is changed, but none written. Raises :class:`CommentError`.
    """
    mark = f"<!-- perfcheck: {name} -->"
    body = _fitting(mark, text, place)
    for number, before in _ours(place, mark):
        if before.replace("\r\n", "\n").rstrip("\n") == body.rstrip("\n"):
            return "same"
        try:
            _call(place, place.change, f"{place.comment}{number}", {"body": body})
            return "changed"
        except NotOursError:  # somebody quoted it, or another token wrote it
            continue
    if only_change:
        return "none"
    _call(place, "POST", place.comments, {"body": body})
    return "written"


class NotOursError(CommentError):
    """The comment is somebody else's, or it is gone."""


def _fitting(mark: str, text: str, place: Place) -> str:
    """The mark and as many lines of ``text`` as the service takes, and where all of it is."""
    foot = f"\n[完整结果见任务 / full report: job]({place.job})\n" if place.job else ""
    room = place.longest - len(f"{mark}\n{foot}".encode()) - 200
    kept: list[str] = []
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        room -= len(line.encode(errors="replace"))
        if room < 0:
            kept.append(f"\n……还有 {len(lines) - index} 行没有列出 / {len(lines) - index} more lines are not shown\n")
            break
        kept.append(line)
    return f"{mark}\n{''.join(kept)}{foot}".encode(errors="replace").decode()


def _ours(place: Place, mark: str) -> Iterator[tuple[int, str]]:
    """Number and text of the comments that begin with ``mark``, the oldest first."""
    for page in range(1, MOST_PAGES + 1):
        # GitHub knows no order here and lists the oldest first by itself
        order = "&order_by=created_at&sort=asc" if place.service == "GitLab" else ""
        listed = _call(place, "GET", f"{place.comments}?per_page={PAGE}&page={page}{order}")
        if not isinstance(listed, list):
            raise CommentError(f"{place.service} 的回答不是评论的列表 / this is no list of comments")
        for item in listed:
            if str(item.get("body") or "").startswith(mark):
                yield item["id"], item["body"]
        if len(listed) < PAGE:
            return


def _call(place: Place, method: str, url: str, content: dict[str, str] | None = None) -> Any:
    if not url.startswith(("https://", "http://")):
        raise CommentError(f"{place.service} 没有给出接口地址 / no address of the API: {url}")
    data = None if content is None else json.dumps(content).encode()
    headers = {**place.headers, "Content-Type": "application/json", "User-Agent": "perfcheck"}
    try:
        with urlopen(Request(url, data, headers, method=method), timeout=SECONDS) as answer:
            return json.load(answer)
    except HTTPError as error:
        kind = NotOursError if method == place.change and error.code in (401, 403, 404) else CommentError
        said = f"{place.service} 拒绝了（{error.code} {error.reason}）"
        raise kind(f"评论没有写成：{said}。{place.remedy} / the comment was refused") from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise CommentError(
            f"评论没有写成：连不上 {place.service}：{reason} / {place.service} cannot be reached"
        ) from None
