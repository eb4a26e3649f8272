"""A film as one HTML file that opens from disk: the page with its style, its scripts and its words, and the film.

The file may load nothing from anywhere, and run no script but the page's own: its policy names them by their hash.
"""

import base64
import gzip
import hashlib
import json
import re
from importlib import resources
from pathlib import Path

from analysis.viewer.film import Film
from sim.errors import RequestError
from sim.writing import beside

PAGE = "watch.html"
_STYLE = r'<link rel="stylesheet" href="static/(?P<style>[\w.-]+)">'
_SCRIPT = r'<script src="static/(?P<script>[\w.-]+)"></script>'
_DATA = r'(?P<data><script type="[\w/]+" id="(?P<id>words|film)">)(?=</script>)'
_PARTS = re.compile(rf'(?P<lang><html lang=")\w+|(?P<charset><meta charset="utf-8">)|{_STYLE}|{_SCRIPT}|{_DATA}')


def save(film: Film, file: Path, lang: str) -> int:
    """Write a film to ``file``, which opens in ``lang``; its size in bytes.

    It is written whole or not at all.  ``RequestError`` if it cannot be.
    """
    content = whole(film, lang).encode()
    try:
        with beside(file) as place:
            place.write_bytes(content)
    except OSError as error:
        raise RequestError(f"cannot be written: {error.strerror}", key="--save", got=str(file)) from error
    return len(content)


def whole(film: Film, lang: str) -> str:
    """The page with all that it needs."""
    page = _text(PAGE)
    styles, scripts = ([_text(name) for name in re.findall(each, page)] for each in (_STYLE, _SCRIPT))
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_policy(styles, scripts)}">'
    data = {"words": _words(), "film": packed(film)}

    def part(found: re.Match[str]) -> str:
        if found["lang"]:
            return f"{found['lang']}{lang}"
        if found["charset"]:
            return f"{found['charset']}\n{policy}"
        if found["style"]:
            return f"<style>{_text(found['style'])}</style>"
        if found["script"]:
            return f"<script>{_text(found['script'])}</script>"
        return str(found["data"]) + data[found["id"]]

    return _PARTS.sub(part, page)


def packed(film: Film) -> str:
    """A film as letters that mean nothing to HTML, whatever its names are: base64 of gzip of its JSON."""
    content = json.dumps(film, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(content.encode(), mtime=0)).decode("ascii")


def _words() -> str:
    """The words of the page itself; no sign in them ends the element they stand in."""
    return json.dumps(json.loads(_text("words.json")), ensure_ascii=False).replace("<", "\\u003c")


def _policy(styles: list[str], scripts: list[str]) -> str:
    """Nothing from outside, and of what stands here these styles and scripts only."""
    hashes = [" ".join(map(_hash, each)) or "'none'" for each in (styles, scripts)]
    return (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode('ascii')}'"


def _text(name: str) -> str:
    """A file of the pages."""
    return (resources.files("analysis.viewer") / "pages" / name).read_text(encoding="utf-8")
