"""What all figures share: fonts that can write both languages, a look for each strategy, and how files are written."""

import functools
import importlib.util
import io
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.typing import FillStyleType

from analysis.compare import write_whole
from analysis.wording import capital
from sim.labels import text

# Names inside an SVG are hashed with this instead of a random salt.  Set once and for all, because setting it around
# each file would not be safe between threads.
matplotlib.rcParams["svg.hashsalt"] = "xietiao"

INK, FAINT, PALE = "#222222", "#767676", "#d8d8d8"
BETTER, WORSE, UNDECIDED = "#0072B2", "#D55E00", "#767676"
DPI = 150
PAGE_DPI, PAGE_COLORS = 100, 128  # of pictures in pages, of which there are many

# Okabe & Ito (2008), and Tol's wine: told apart with any of the usual kinds of colour vision.
_BY_TIMING = {"before": "#0072B2", "during": "#E69F00", "after": "#D55E00", "mixed": "#009E73", "adaptive": "#CC79A7"}
_BY_STRUCTURE = {"self_first": "#56B4E9", "committee": "#222222", "tiered": "#882255"}
_MARKERS = {"unified": "o", "multi": "s", "self_first": "^", "committee": "D", "tiered": "v"}
_FILLS: tuple[FillStyleType, ...] = ("full", "none", "left", "bottom")
_LINES = ("-", (0, (4, 1.5)), (0, (1, 1.2)), (0, (4, 1.2, 1, 1.2)))

_CJK_FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "SimHei",
)  # fmt: skip
_CJK_FILES = ("notosanscjk", "notosanssc", "sourcehansans", "msyh", "pingfang", "wqy", "simhei")


class Titled(Protocol):
    """Anything with a title in both languages: results, a single run."""

    @property
    def title_en(self) -> str:
        """English."""

    @property
    def title_zh(self) -> str:
        """Simplified Chinese."""


class Compared(Protocol):
    """Anything with several strategies, of which structure and timing are known, name by name."""

    @property
    def structures(self) -> tuple[str, ...]:
        """One of ``sim.world.STRUCTURES`` each."""

    @property
    def timings(self) -> tuple[str, ...]:
        """One of ``sim.labels.TIMINGS`` each."""


class Look(NamedTuple):
    """How a strategy looks in every figure."""

    color: str
    marker: str
    fill: FillStyleType
    line: str | tuple[int, tuple[float, ...]]


def looks(results: Compared) -> list[Look]:
    """A look per strategy: structure gives the marker, timing the colour of a central coordinator's strategies.

    The other structures have a colour of their own.  Strategies alike in both differ in filling and line.
    """
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for structure, timing in zip(results.structures, results.timings, strict=True):
        color, marker = _BY_STRUCTURE.get(structure, _BY_TIMING[timing]), _MARKERS[structure]
        rank = seen[color, marker] % len(_LINES)
        seen[color, marker] += 1
        found.append(Look(color, marker, _FILLS[rank], _LINES[rank]))
    return found


@functools.cache
def chinese_font() -> str | None:
    """The family of a font that can write simplified Chinese: from the extra ``zh``, or the system's; else None."""
    spec = importlib.util.find_spec("mplfonts")
    places = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    packaged = sorted(path for place in places for path in Path(place, "fonts").glob("*.[ot]tf"))
    _add_fonts(packaged)
    family = _known_family()
    if family is None:  # matplotlib remembers a list of fonts, which may be older than the font
        _add_fonts([Path(path) for path in font_manager.findSystemFonts()])
        family = _known_family()
    return family


def writable(languages: Sequence[str]) -> list[str]:
    """Those of ``languages`` that figures can be written in: without Chinese, and one warning, where no font has it."""
    if "zh" not in languages or chinese_font() is not None:
        return list(languages)
    warnings.warn(text("notice.no_cjk_font", "en"), stacklevel=3)
    return [lang for lang in languages if lang != "zh"]


def _add_fonts(paths: list[Path]) -> None:
    for path in paths:
        if path.name.lower().replace("-", "").startswith(_CJK_FILES):
            font_manager.fontManager.addfont(path)


def _known_family() -> str | None:
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((family for family in _CJK_FAMILIES if family in known), None)


def families() -> list[str]:
    """Fonts in the order in which a character is looked for: DejaVu Sans has the signs that Chinese fonts lack."""
    found = chinese_font()
    return ["DejaVu Sans", found] if found else ["DejaVu Sans"]


def new_figure(width: float, height: float) -> Figure:
    """An empty figure of so many inches, with a canvas of its own."""
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def plain(axes: Axes) -> None:
    """Take away what carries nothing: two spines, dark ticks."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(FAINT)
    axes.tick_params(colors=FAINT, labelcolor=INK, labelsize=9)


def frame(figure: Figure, results: Titled, lang: str, heading: str, note: str) -> None:
    """Heading and what it is of above, and below what the numbers are; margins are the figure's affair."""
    width, height = figure.get_size_inches()
    left, subject = 0.15 / width, results.title_zh if lang == "zh" else results.title_en
    figure.text(left, 1 - 0.12 / height, capital(heading), fontsize=15, va="top", color=INK)
    figure.text(left, 1 - 0.42 / height, subject, fontsize=10, va="top", color=FAINT)
    wrapped = wrap(note, int(width * 14))
    figure.text(left, 0.1 / height, wrapped, fontsize=8.5, va="bottom", color=FAINT, linespacing=1.35)


def wrap(words: str, width: int) -> str:
    """Break a text into lines of at most ``width`` columns; Chinese, two columns wide, breaks between any two signs."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and columns(line + piece.rstrip()) > width and piece[0] not in "，。；：）、":
            lines.append(line.rstrip())
            line = ""
        line += piece
    return "\n".join([*lines, line.rstrip()])


def columns(words: str) -> int:
    """Width in columns, of which a Chinese sign takes two."""
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in words)


def _pieces(words: str) -> list[str]:
    pieces = [""]
    for sign in words:
        if ord(sign) >= 0x2E80:
            pieces += [sign, ""]
        elif pieces[-1].endswith(" ") and sign != " ":
            pieces.append(sign)
        else:
            pieces[-1] += sign
    return [piece for piece in pieces if piece]


def dress(figure: Figure) -> None:
    """Give every text fonts for both languages, and take a user's dollar signs as they are."""
    for axes in figure.axes:
        axes.tick_params(labelfontfamily=families())
    for found in figure.findobj(Text):
        assert isinstance(found, Text)
        found.set_fontfamily(families())
        found.set_parse_math(False)


def save_each(draw: Callable[[str], Figure | None], stem: Path, languages: Sequence[str]) -> list[Path]:
    """Draw a figure in each language and write it, in Chinese as ``<stem>.zh.*``; nothing where it is None."""
    drawn = ((draw(lang), stem if lang == "en" else stem.with_name(f"{stem.name}.{lang}")) for lang in languages)
    return [path for figure, name in drawn if figure is not None for path in save(figure, name)]


def save(figure: Figure, stem: Path) -> list[Path]:
    """Write ``<stem>.png`` and ``<stem>.svg``, without a date, and return the two paths."""
    dress(figure)
    written = []
    for kind, metadata in (("png", {"Software": None}), ("svg", {"Date": None, "Creator": None})):
        content = io.BytesIO()
        figure.savefig(content, format=kind, dpi=DPI, metadata=metadata)
        written.append(write_whole(stem.with_name(f"{stem.name}.{kind}"), content.getvalue()))
    return written


def save_png(figure: Figure, path: Path) -> Path:
    """Write a picture for a page of text: of fewer dots and colours than ``save`` has, and nothing beside it."""
    from PIL import Image

    dress(figure)
    drawn, content = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=PAGE_DPI)
    with Image.open(drawn) as picture:
        picture.convert("RGB").quantize(PAGE_COLORS, dither=Image.Dither.NONE).save(content, "png", optimize=True)
    return write_whole(path, content.getvalue())
