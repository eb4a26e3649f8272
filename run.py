"""The command line: parse, call, print.  ``python3 run.py --help`` lists what it can do."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (said before anything that an older Python cannot read)
    sys.stderr.write("Python 3.11 or later is needed / 需要 Python 3.11 或更高版本: " + sys.version.split()[0] + "\n")
    sys.exit(2)
if __name__ == "__main__":
    from sim.bootstrap import ensure

    ensure(sys.argv)

# Only what parsing needs is imported here, so that --help answers at once; commands import the rest.
import functools
import os
import shlex
import subprocess
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sim import __version__
from sim.errors import RequestError
from sim.messages import LANGUAGES, explain, language, say
from sim.spoken import Command, Group, OneOf, Option, Part, Whole, refusal

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from analysis.viewer.watching import Choices
    from sim.exercise import Exercise
    from sim.experiment import Tally
    from sim.journal import Journal
    from sim.plan import Plan
    from sim.scenario import Scenario

ROOT = Path(__file__).resolve().parent
DEFAULT_SCENARIO = "district"
DEFAULT_EXERCISE = "first-weeks"
INTERRUPTED = 130
HELP = {"help_option_names": ["-h", "--help"]}
SPLITS = ("procedure", "content", "kind", "field", "object", "type", "sides")  # analysis.splits knows what they are
FORMATS = ("ocel", "csv", "parquet")  # of export; sim.export and sim.tables know how each is written
TABLES = ("runs", "points", "series", "failures")  # of a result folder
METHODS = ("morris", "sobol", "latin", "tornado", "grid")  # of sensitivity; sim.ranges knows what they are
KINDS = ("scenarios", "procedures", "strategies", "measures", "parameters", "sweeps", "claims", "exercises")
# What a result folder holds; --fresh removes this, and nothing else a user may keep there.
RESULT_FILES = (
    "runs.duckdb", "runs.duckdb.wal", "manifest.json", "report.html", "figures/*.png", "figures/*.svg",
    *(f"{name}.csv" for name in (
        "summary", "differences", "selection", "non_dominated", "points", "screening", "indices", "interactions",
        "tornado", "deciding",
    )),
)  # fmt: skip


def _option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """An option whose help is the message of its own name."""
    key = names[0].removeprefix("--").replace("-", "_")
    return click.option(*names, cls=Option, **{"help": key, **settings})


def _command(name: str, **settings: Any) -> Callable[[Any], Any]:
    """A command whose help is the message of its own name, and which is told the language."""

    def decorate(function: Any) -> Any:
        spoken = _option("--lang", type=OneOf(*LANGUAGES), expose_value=False)
        return cli.command(name, cls=Command, help=name, **settings)(spoken(click.pass_obj(function)))

    return decorate


class How(NamedTuple):
    """How an experiment is carried out and what is shown of it: what commands that make one have in common."""

    workers: int
    out: Path | None
    fresh: bool
    as_json: bool
    cluster: str | None = None
    shard: tuple[int, int] | None = None
    dry_run: bool = False


class Where(NamedTuple):
    """Where pages are served: what commands that serve some have in common."""

    port: int | None
    host: str | None
    no_browser: bool

    @property
    def given(self) -> dict[str, Any]:
        """What the user has said of it, by option."""
        return {"--port": self.port, "--host": self.host, "--no-browser": self.no_browser or None}


def _bundled(kind: Any, *options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Options that a command is handed as one thing of a kind."""

    def decorate(function: Any) -> Any:
        def called(lang: str, **given: Any) -> Any:
            bundle = kind(**{name: given.pop(name) for name in kind._fields})
            return function(lang, bundle, **given)

        decorated: Any = functools.update_wrapper(called, function)
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


_carrying = _bundled(
    How,
    _option("--workers", type=Whole(1, 256), default=os.cpu_count() or 1),
    _option("--cluster", metavar="ADDRESS"),
    _option("--shard", type=Part(), metavar="K/N"),
    _option("--out", type=click.Path(path_type=Path), metavar="DIR"),
    _option("--fresh", is_flag=True),
    _option("--dry-run", is_flag=True),
    _option("--json", "as_json", is_flag=True),
)
_serving = _bundled(
    Where,
    _option("--port", type=Whole(1, 65535)),
    _option("--host", metavar="ADDRESS"),
    _option("--no-browser", is_flag=True),
)


@click.group(cls=Group, help="cli", invoke_without_command=True, context_settings=HELP)
@_option("--lang", type=OneOf(*LANGUAGES), expose_value=False)
@_option("--no-venv", is_flag=True, expose_value=False)
@_option("--version", is_flag=True)
def cli(version: bool) -> None:
    """Parse the command line; ``spoken.Group`` puts ``compare`` where no command stands."""
    if version:
        click.echo(__version__)
        raise click.exceptions.Exit


@_command("compare")
@click.argument("scenario", default=DEFAULT_SCENARIO)
@_option("--strategies", metavar="A,B")
@_option("--baseline", metavar="A")
@_option("--replicates", type=Whole(1, 1_000_000))
@_option("--seed", type=Whole(0, 2**63 - 1))
@_option("--workers", type=Whole(1, 256), default=os.cpu_count() or 1)
@_option("--out", type=click.Path(path_type=Path), metavar="DIR")
@_option("--fresh", is_flag=True)
@_option("--json", "as_json", is_flag=True)
def compare(
    lang: str,
    scenario: str,
    strategies: str | None,
    baseline: str | None,
    replicates: int | None,
    seed: int | None,
    workers: int,
    out: Path | None,
    fresh: bool,
    as_json: bool,
) -> None:
    """Run what is missing, then show and write what was found."""
    from sim.plan import of_scenario

    asked = _asked(scenario, strategies, baseline, replicates, seed)
    chosen = tuple(asked.load_strategy(name) for name in asked.strategies)
    reference = asked.load_strategy(asked.baseline).name
    plan = of_scenario(asked, chosen, reference, asked.replicates, asked.seed)
    _experiment(plan, lang, How(workers, out, fresh, as_json))


@_command("sweep")
@click.argument("file", metavar="SWEEP")
@_option("--replicates", type=Whole(1, 1_000_000), help="sweep_replicates")
@_option("--seed", type=Whole(0, 2**63 - 1))
@_carrying
def sweep(lang: str, how: How, file: str, replicates: int | None, seed: int | None) -> None:
    """Run what is missing of a sweep, then show and write what was found."""
    from sim.sweep import load_sweep

    plan = load_sweep(file)
    if how.out and file.endswith(".toml") and how.out.resolve() == Path(file).resolve().parent:
        what, allowed = "is the folder of the sweep's own file", "another folder"  # whose points.csv may be the design
        raise RequestError(what, key="--out", got=str(how.out), allowed=allowed)
    if replicates is not None:
        plan = plan._replace(replicates=replicates, until=None)
    if seed is not None:
        plan = plan._replace(seed=seed)
    _experiment(plan, lang, how)


@_command("sensitivity")
@click.argument("scenario", default=DEFAULT_SCENARIO)
@_option("--method", type=OneOf(*METHODS), default="morris")
@_option("--parameters", metavar="A,B", help="varied")
@_option("--strategies", metavar="A,B", help="two_strategies")
@_option("--baseline", metavar="A")
@_option("--size", type=Whole(1, 1_000_000))
@_option("--replicates", type=Whole(1, 1_000_000), default=5, help="point_replicates")
@_option("--seed", type=Whole(0, 2**63 - 1))
@_carrying
def sensitivity(
    lang: str,
    how: How,
    scenario: str,
    method: str,
    parameters: str | None,
    strategies: str | None,
    baseline: str | None,
    size: int | None,
    replicates: int,
    seed: int | None,
) -> None:
    """A sweep over the parameters' own ranges: which of them matter, and which decide between two strategies."""
    from sim.ranges import probe

    asked = _asked(scenario, strategies, baseline, None, seed)
    if strategies is None:
        rivals = [name for name in asked.strategies if name != asked.baseline]
        asked = asked.with_strategies([asked.baseline, *rivals[:1]])
    chosen = tuple(asked.load_strategy(name) for name in asked.strategies)
    patterns = list(_listed(parameters or ""))
    reference = asked.load_strategy(asked.baseline).name
    plan = probe(asked, chosen, reference, method, patterns, size, replicates)
    _experiment(plan, lang, how)


@_command("propositions")
@click.argument("chosen", nargs=-1, metavar="[ID…]")
@_option("--replicates", type=Whole(1, 100_000), help="claim_replicates")
@_option("--workers", type=Whole(1, 256), default=os.cpu_count() or 1)
@_option("--out", type=click.Path(path_type=Path), metavar="DIR", help="claims_out")
@_option("--pages", type=click.Path(path_type=Path), metavar="DIR")
@_option("--fresh", is_flag=True)
@_option("--json", "as_json", is_flag=True)
def propositions(
    lang: str,
    chosen: tuple[str, ...],
    replicates: int | None,
    workers: int,
    out: Path | None,
    pages: Path | None,
    fresh: bool,
    as_json: bool,
) -> None:
    """Run what is missing of the claims' experiments, then show and write what became of them."""
    from analysis import claim_outcome
    from analysis.claim_pages import write_pages
    from sim.claim import claim_names, load_claim
    from sim.claim_plans import REPLICATES
    from sim.claim_plans import trials as plans_of
    from sim.printing import print_json
    from sim.progress import shown
    from sim.store import held

    folder = out or Path("results") / "propositions"
    if pages and chosen:
        raise RequestError("pages are of all claims", key="--pages", allowed="no numbers beside --pages")
    if pages and pages.exists() and not pages.is_dir():
        raise RequestError("is not a folder", key="--pages", got=str(pages), allowed="a folder, there or not")
    loaded = list({claim.name: claim for claim in map(load_claim, chosen or claim_names())}.values())
    trials = [plans_of(claim, replicates or REPLICATES) for claim in loaded]
    _compile_once(lang)
    with held(folder):
        if fresh:
            claim_outcome.remove(trials, folder)
        with shown(lang) as report, _stoppable(folder, lang):
            tally = claim_outcome.carry_out(trials, workers, folder, report, _again())
        found = claim_outcome.judged(trials, folder)
        claim_outcome.write_table(found, folder)
        write_pages(found, pages or folder)
    if as_json:
        print_json({"folder": str(folder), **tally._asdict(), "claims": claim_outcome.as_json(found)})
        return
    claim_outcome.show(found, lang)
    rate = "–" if tally.rate is None else f"{tally.rate:,.0f}"
    where = say("on_threads", lang, workers=workers)
    click.echo(say("done", lang, runs=tally.kept + tally.ran, ran=tally.ran, kept=tally.kept, rate=rate, where=where))
    click.echo(say("where", lang, folder=folder))


@contextmanager
def _stoppable(folder: Path, lang: str, record: "Callable[[Tally], None]" = lambda tally: None) -> Iterator[None]:
    """If an experiment is stopped, say how to go on, and leave."""
    from sim import experiment

    try:
        yield
    except experiment.Interrupted as stop:
        record(stop.tally)
        done, what = stop.tally.kept + stop.tally.ran, "interrupted"
        if isinstance(stop, experiment.Lost):
            what = "lost"
        click.echo(say(what, lang, done=done, wanted=stop.tally.wanted, folder=folder, command=_again()), err=True)
        raise click.exceptions.Exit(INTERRUPTED) from stop


def _foretell(plan: "Plan", workers: int, lang: str, as_json: bool) -> None:
    """Runs, time and room on the disk, before anything is kept."""
    from analysis.outcome import foretold
    from sim.estimate import estimate
    from sim.printing import print_json

    _compile_once(lang)
    found = estimate(plan, workers)
    if as_json:
        print_json({"sweep": plan.name, **found._asdict()})
    else:
        click.echo(foretold(plan, found, workers, lang))


def _experiment(plan: "Plan", lang: str, how: How) -> None:
    """Carry out a plan, then show and write what was found; a shard is only kept, to be merged."""
    from analysis import outcome
    from sim.printing import print_json
    from sim.store import held

    if how.dry_run:
        _foretell(plan, how.workers, lang, how.as_json)
        return
    folder = how.out or Path("results") / plan.name
    if how.shard and not how.out:
        folder /= "shard-{}-of-{}".format(*how.shard)
    _compile_once(lang)
    with held(folder):
        tally = _carried_out(plan, folder, lang, how)
        if how.shard:
            _record(folder, plan, how.workers, tally)
            _print_shard(tally, folder, lang, how)
            return
        found = outcome.load(folder)
        if not how.as_json:
            outcome.show(found, lang)
        _leave(folder, lang, lambda: _record(folder, plan, how.workers, tally))
    if how.as_json:
        print_json(outcome.as_json(found, folder, tally))
    else:
        _print_tally(tally, folder, lang, how)


def _print_shard(tally: "Tally", folder: Path, lang: str, how: How) -> None:
    """What was done of a part, and how the parts are put together."""
    from sim.printing import print_json

    if how.as_json:
        print_json({"folder": str(folder), "shard": how.shard, **tally._asdict()})
        return
    _print_tally(tally, folder, lang, how)
    place = f"{folder.parent}/shard-* --out {folder.parent}" if not how.out else "DIR… --out DIR"
    click.echo(say("to_merge", lang, command=f"python3 run.py merge {place}"))


def _carried_out(plan: "Plan", folder: Path, lang: str, how: How) -> "Tally":
    """What was done; if it was stopped, say how to go on, and leave."""
    from contextlib import nullcontext

    from sim import experiment
    from sim.progress import shown

    if how.cluster is not None:
        from sim.cluster import joined
    part = experiment.Shard(*how.shard) if how.shard else experiment.WHOLE
    where = joined(how.cluster) if how.cluster is not None else nullcontext()
    told = _stoppable(folder, lang, lambda tally: _record(folder, plan, how.workers, tally))
    with told, where as pool, shown(lang) as report:
        if how.fresh:  # only now that a cluster has answered
            _remove(folder)
        return experiment.carry_out(plan, how.workers, folder, report, pool=pool, shard=part)


def _record(folder: Path, plan: "Plan", workers: int, tally: "Tally", shards: Sequence[Path] = ()) -> None:
    from sim.manifest import write_manifest

    write_manifest(folder, _again(), plan, workers, tally, shards)


def _leave(folder: Path, lang: str, record: Callable[[], None]) -> None:
    """Write tables, figures, manifest and report into a result folder; notices go to the error stream."""
    from analysis.outcome import write

    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", UserWarning)
        write(folder, lang, record)
    for notice in {str(each.message): None for each in noticed}:
        click.echo(notice, err=True)


@_command("merge")
@click.argument("shards", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR…")
@_option("--out", type=click.Path(path_type=Path), metavar="DIR", required=True, help="merged")
@_option("--json", "as_json", is_flag=True)
def merge(lang: str, shards: tuple[Path, ...], out: Path, as_json: bool) -> None:
    """Put shards together, then show and write what was found."""
    from analysis import outcome
    from sim.experiment import Tally
    from sim.kept import count_failures, load_request
    from sim.merging import merge as put_together
    from sim.plan import remade
    from sim.printing import print_json
    from sim.store import held

    with held(out):
        runs = put_together(shards, out)
        found, failed = outcome.load(out), count_failures(out)
        wanted = outcome.wanted(found)
        tally = Tally(wanted, runs + failed, 0, failed, 0.0, 0.0, 0.0)
        if not as_json:
            outcome.show(found, lang)
        _leave(out, lang, lambda: _record(out, remade(load_request(out)[0]), 0, tally, shards))
    if as_json:
        print_json(outcome.as_json(found, out, tally))
        return
    click.echo(say("merged_runs", lang, runs=f"{runs:,}", wanted=f"{wanted:,}", folders=len(shards)))
    _print_gaps(out, failed, outcome.without_runs(found), lang)
    click.echo(say("where", lang, folder=out))


@_command("report")
@click.argument("folder", default=f"results/{DEFAULT_SCENARIO}", type=click.Path(path_type=Path), metavar="DIR")
def report(lang: str, folder: Path) -> None:
    """Tables, figures and report of a result folder, written anew."""
    from sim.kept import load_request
    from sim.manifest import renew_checksums
    from sim.store import held

    load_request(folder)  # a folder without results is refused before anything is written
    with held(folder):
        _leave(folder, lang, lambda: renew_checksums(folder))
    click.echo(say("where", lang, folder=folder / "report.html"))


def _again() -> str:
    """The command that continues what this one has begun."""
    return shlex.join(["python3", "run.py", *(word for word in sys.argv[1:] if word != "--fresh")])


def _asked(
    name: str, strategies: str | None, baseline: str | None, replicates: int | None, seed: int | None
) -> "Scenario":
    """The scenario with what the options change; they are checked as if they stood in its file."""
    from sim.scenario import load_scenario

    asked = load_scenario(name)
    if strategies is not None or baseline is not None:
        names = asked.strategies
        if strategies is not None:
            names = tuple(map(_placed, _listed(strategies)))
        try:
            asked = asked.with_strategies(names, _placed(baseline) if baseline else None)
        except RequestError as error:
            raise _of_option(error) from error
    given = {"replicates": replicates, "seed": seed}
    values = {key: value for key, value in given.items() if value is not None}
    return asked.with_values(values) if values else asked


def _listed(words: str) -> Iterator[str]:
    """The words between commas."""
    return (word.strip() for word in words.split(",") if word.strip())


def _placed(strategy: str) -> str:
    """A path is relative to where the user stands, not to the scenario's file."""
    return str(Path(strategy).resolve()) if strategy.endswith(".toml") else strategy


def _of_option(error: RequestError) -> RequestError:
    """What is wrong with a value that an option gave: the option is to blame, not the scenario's file."""
    key = error.key.split(".")[0]
    if key not in ("strategies", "baseline"):
        return error
    return RequestError(error.what, key=f"--{key}", got=error.got, allowed=error.allowed, nearest=error.nearest)


def _remove(folder: Path) -> None:
    """Remove earlier results from a folder, unless a process is writing them."""
    from sim.store import check_unused

    check_unused(folder)
    for pattern in RESULT_FILES:
        for path in folder.glob(pattern):
            path.unlink()


def _print_tally(tally: "Tally", folder: Path, lang: str, how: How) -> None:
    rate = "–" if tally.rate is None else f"{tally.rate:,.0f}"
    runs = tally.kept + tally.ran
    where = say("on_cluster", lang) if how.cluster else say("on_threads", lang, workers=how.workers)
    click.echo(say("done", lang, runs=runs, ran=tally.ran, kept=tally.kept, rate=rate, where=where))
    _print_gaps(folder, tally.failed, 0, lang)
    click.echo(say("where", lang, folder=folder))


def _print_gaps(folder: Path, failed: int, points: int, lang: str) -> None:
    """Say what is missing: runs that failed, and points at which nothing has been run."""
    from sim.kept import load_failures

    if failed:
        point, strategy, replicate, error = load_failures(folder, 1)[0]
        example = f"{strategy} {replicate}" + (f" ({point})" if point else "") + f": {error}"
        click.echo(say("failed", lang, count=failed, example=example), err=True)
    if points:
        click.echo(say("parts_missing", lang, points=points), err=True)


@_command("run")
@click.argument("scenario")
@_option("--strategy", metavar="S")
@_option("--replicate", type=Whole(0, 2**31 - 1))
@_option("--seed", type=Whole(0, 2**63 - 1))
@_option("--by", type=OneOf(*SPLITS), metavar="LABEL")
@_option("--replicates", type=Whole(1, 1_000_000))
@_option("--out", type=click.Path(path_type=Path), metavar="DIR", help="split_folder")
@_option("--figures", type=click.Path(path_type=Path), metavar="DIR")
@_option("--story", is_flag=True)
@_option("--matter", type=Whole(1, 2**31 - 1))
@_option("--actor", metavar="NAME")
@_option("--procedure", metavar="NAME")
@_option("--json", "as_json", is_flag=True)
def run_one(
    lang: str,
    scenario: str,
    strategy: str | None,
    replicate: int | None,
    seed: int | None,
    by: str | None,
    replicates: int | None,
    out: Path | None,
    figures: Path | None,
    story: bool,
    matter: int | None,
    actor: str | None,
    procedure: str | None,
    as_json: bool,
) -> None:
    """One run: all its measures, or its story; or many runs, split by label."""
    from sim import engine
    from sim.labels import said, unit
    from sim.measures import MEASURES
    from sim.printing import print_json, print_table
    from sim.setting import prepare

    _check_beside("--story", story, {"--matter": matter, "--actor": actor, "--procedure": procedure}, {}, lang)
    never = {"--story": story or None, "--replicate": replicate, "--figures": figures}
    _check_beside("--by", by is not None, {"--replicates": replicates, "--out": out}, never, lang)
    asked = _asked(scenario, strategy, strategy, replicates, seed)
    _compile_once(lang)
    if by:
        _print_split(asked, by, lang, out, as_json)
        return
    chosen, replicate = asked.load_strategy(asked.baseline), replicate or 0
    about = {"scenario": asked.name, "strategy": chosen.name, "replicate": replicate, "seed": asked.seed}
    names = {"scenario": asked.title.of(lang), "strategy": chosen.label(lang)}
    title = say("one_run", lang, replicate=replicate, seed=asked.seed, **names)
    if figures:
        from analysis.figures.case import write_case

        write_case(asked, chosen, asked.seed, replicate, figures, LANGUAGES, by=("load", "conflict"))
    if story:
        _print_story(_journal(asked, replicate), lang, matter, actor, procedure, title, about if as_json else None)
        return
    outcome = engine.run(engine.draw(prepare(asked), asked.seed, replicate), chosen.record())
    found = dict(zip((measure.name for measure in MEASURES), outcome.measures.tolist(), strict=True))
    if as_json:
        print_json({**about, "measures": found})
        return
    rows = [(said(each, lang), f"{found[each.name]:.4g}", unit(each.unit, lang)) for each in MEASURES]
    print_table(lang, ("measure", "value", "unit"), rows, title)


def _compile_once(lang: str) -> None:
    """Compile the rules if that has not been done before, and say so."""
    from sim.precompile import ensure

    ensure(lambda: click.echo(say("compiling", lang), err=True))


def _check_beside(option: str, given: bool, only: dict[str, Any], never: dict[str, Any], lang: str) -> None:
    """Refuse options that mean something ``only`` beside another that is not given, or ``never`` beside one that is."""
    wrong, what = (never, "not_beside") if given else (only, "only_beside")
    for key, value in wrong.items():
        if value is not None:
            raise RequestError(say(what, lang, other=option), key=key)


def _print_split(asked: "Scenario", by: str, lang: str, folder: Path | None, as_json: bool) -> None:
    """The results of the strategy asked for, split by label."""
    from analysis.splits import frame, split, write_split
    from analysis.splits_table import SplitTable
    from sim.printing import console, print_json

    strategy = asked.load_strategy(asked.baseline)
    found = split(asked, strategy, by)
    if folder:
        write_split(found, folder)
    if as_json:
        about = {"scenario": asked.name, "strategy": strategy.name, "seed": asked.seed, "replicates": asked.replicates}
        print_json({**about, "by": by, "split": frame(found).to_dict("records")})
        return
    console().print(SplitTable(found, lang, asked.title.of(lang), strategy.label(lang)))
    if folder:
        click.echo(say("where", lang, folder=folder))


def _journal(asked: "Scenario", replicate: int) -> "Journal":
    """One run of the strategy asked for, recorded."""
    from sim.journal import record
    from sim.setting import prepare

    return record(prepare(asked), asked.seed, replicate, asked.load_strategy(asked.baseline).record())


def _print_story(
    journal: "Journal",
    lang: str,
    matter: int | None,
    actor: str | None,
    procedure: str | None,
    title: str,
    about: dict[str, Any] | None,
) -> None:
    """The story of a run, or of what was chosen of it; as JSON if ``about`` says what run it is."""
    from sim.journal import find_actor, find_matter, find_procedure
    from sim.printing import print_json
    from sim.story import tell
    from sim.story_pages import Block, pages, print_pages

    chosen = find_matter(journal, matter), find_actor(journal, actor), find_procedure(journal, procedure)
    if about is not None:
        told = [{"tick": tick, "matter": m + 1, "text": text} for tick, m, text in tell(journal, lang, *chosen)]
        print_json({**about, "story": told})
        return
    print_pages([Block(title, ""), *pages(journal, lang, *chosen)])


@_command("watch")
@click.argument("source", default=DEFAULT_SCENARIO, metavar="[SCENARIO|DIR]")
@_option("--strategies", metavar="A,B", help="watched")
@_option("--replicate", type=Whole(0, 2**31 - 1))
@_option("--seed", type=Whole(0, 2**63 - 1))
@_option("--point", type=Whole(0, 2**31 - 1))
@_option("--save", type=click.Path(path_type=Path), metavar="FILE.html")
@_serving
def watch(
    lang: str,
    where: Where,
    source: str,
    strategies: str | None,
    replicate: int | None,
    seed: int | None,
    point: int | None,
    save: Path | None,
) -> None:
    """A page that shows a run, or two on the same world: served to the browser, or saved as one file."""
    from analysis.viewer import watching

    _check_beside("--save", save is not None, {}, where.given, lang)
    if Path(source).is_dir():
        _check_beside(source, True, {}, {"--seed": seed}, lang)
        names = None if strategies is None else tuple(_listed(strategies))
        choices = watching.of_folder(Path(source), point, names, replicate or 0)
    else:
        _check_beside(say("result_folder", lang), False, {"--point": point}, {}, lang)
        scenario = _asked(source, None, None, None, seed)
        chosen = () if strategies is None else _asked(source, strategies, None, None, seed).strategies
        choices = watching.of_scenario(scenario, chosen, replicate or 0)
    _compile_once(lang)
    if save:
        _save(choices, save, lang)
    else:
        _serve(lambda hosts: watching.watch_app(choices, lang, hosts), lang, where)


def _save(choices: "Choices", file: Path, lang: str) -> None:
    """What is shown at first, as one file."""
    from analysis.viewer.saved import save

    save(choices.film(choices.shown, choices.replicate), file, lang)
    click.echo(say("saved", lang, file=file, size=f"{file.stat().st_size / 1e6:.2f}"))


def _serve(app: "Callable[[Sequence[str]], ASGIApp]", lang: str, where: Where) -> None:
    """Serve the app for the names it is addressed by, until the user interrupts."""
    from analysis.viewer import serving

    host = where.host or serving.PRIVATE
    with serving.bound(host, where.port) as listening:
        made = app(serving.hosts(host, listening))
        got = listening.getsockname()[1]
        if where.port is None and got != serving.PORT:
            click.echo(say("port_taken", lang, port=serving.PORT, other=got), err=True)
        if not serving.is_private(host):
            click.echo(say("open_to_all", lang, port=got), err=True)
        click.echo(say("serving", lang, address=serving.address(host, listening)))
        if not where.no_browser:
            serving.open_browser(serving.address(host, listening))
        serving.serve(made, listening)
    click.echo(say("served", lang))


@_command("exercise")
@click.argument("name", default=DEFAULT_EXERCISE, metavar="[EXERCISE|SCENARIO]")
@_option("--resume", type=click.Path(path_type=Path), metavar="FILE.json")
@_option("--class", "compared", type=click.Path(path_type=Path), metavar="DIR")
@_option("--out", type=click.Path(path_type=Path), metavar="DIR", help="exercise_out")
@_serving
def exercise(lang: str, where: Where, name: str, resume: Path | None, compared: Path | None, out: Path | None) -> None:
    """A trainee directs the office, in the browser; or a class is compared."""
    from sim import saves
    from sim.exercise import load_exercise
    from sim.play import lay
    from sim.store import check_writable

    _check_beside("--class", compared is not None, {}, {**where.given, "--resume": resume}, lang)
    asked = load_exercise(name)
    folder = out or Path("results") / "exercises" / asked.name
    if compared:
        check_writable(folder)
        _compile_once(lang)
        _compare_class(asked, compared, folder, lang)
        return
    from analysis.viewer.exercise_app import exercise_app
    from analysis.viewer.film import check_size
    from analysis.viewer.sittings import Sittings

    save = saves.load(resume) if resume else None
    if save:
        saves.check_fits(save, asked, str(resume))
    check_writable(folder)
    _compile_once(lang)
    board = lay(asked)
    check_size(board.template)
    sittings = Sittings(board, folder, save)
    click.echo(say("exercise_kept", lang, folder=folder))
    _serve(lambda hosts: exercise_app(sittings, lang, hosts), lang, where)


def _compare_class(asked: "Exercise", saves: Path, folder: Path, lang: str) -> None:
    """What became of the saves of a class, in the terminal and as files."""
    from analysis.classes import class_table, gathered, write_class
    from sim.printing import console

    if not saves.is_dir():
        raise RequestError("is not a folder", key="--class", got=str(saves), allowed="a folder of saves")
    found = gathered(asked, saves)
    console().print(class_table(found, lang))
    if found.rows:
        write_class(found, folder)
        click.echo(say("where", lang, folder=folder))


@_command("export")
@click.argument("source", metavar="SCENARIO|DIR")
@_option("--format", "form", type=OneOf(*FORMATS), required=True)
@_option("--out", type=click.Path(path_type=Path), metavar="FILE", required=True, help="export_file")
@_option("--table", type=OneOf(*TABLES))
@_option("--strategy", metavar="S")
@_option("--replicate", type=Whole(0, 2**31 - 1))
@_option("--seed", type=Whole(0, 2**63 - 1))
def export(
    lang: str,
    source: str,
    form: str,
    out: Path,
    table: str | None,
    strategy: str | None,
    replicate: int | None,
    seed: int | None,
) -> None:
    """One run as an event log, or the tables of a result folder, for other programs."""
    if Path(source).is_dir():
        never = {"--strategy": strategy, "--replicate": replicate, "--seed": seed}
        _check_beside(source, True, {}, {**never, "--format ocel": form if form == "ocel" else None}, lang)
        from sim.tables import write_table

        count = write_table(Path(source), table or "runs", form, out)
        click.echo(say("exported_rows", lang, count=f"{count:,}", file=out))
        return
    from sim.export import export as write

    folder = say("result_folder", lang)
    _check_beside(folder, False, {"--table": table, "--format parquet": form if form == "parquet" else None}, {}, lang)
    asked = _asked(source, strategy, strategy, None, seed)
    _compile_once(lang)
    journal = _journal(asked, replicate or 0)
    write(journal, form, out, lang)
    click.echo(say("exported", lang, count=f"{len(journal.rows):,}", file=out))


@_command("list")
@click.argument("what", type=OneOf(*KINDS))
@_option("--json", "as_json", is_flag=True)
def list_(lang: str, what: str, as_json: bool) -> None:
    """What there is to choose from."""
    from sim.catalogue import listing
    from sim.printing import print_json, print_table

    head, rows = listing(what, lang)
    if as_json:
        print_json([dict(zip(head, row, strict=True)) for row in rows])
    else:
        print_table(lang, head, rows)


@_command("show")
@click.argument("name")
@_option("--out", type=click.Path(path_type=Path), metavar="DIR", help="pictures")
def show(lang: str, name: str, out: Path | None) -> None:
    """What a scenario, a procedure or a strategy says; with ``--out``, pictures of the procedures."""
    from sim import catalogue

    found = catalogue.find(name, lang)
    drawn = catalogue.procedures_of(found) if out else ()
    catalogue.show(found, lang)
    if out:
        from analysis.figures.procedure import write_procedures

        write_procedures(drawn, out, lang)
        click.echo(say("where", lang, folder=out))


@_command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(lang: str, arguments: tuple[str, ...]) -> int:
    """All tests, or those the arguments choose."""
    from sim.bootstrap import ensure_dev

    ensure_dev(lang)
    command = [sys.executable, "-m", "pytest", *_side_by_side(arguments), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _side_by_side(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """What makes pytest use all processors, a file of tests at a time; nothing where one is looked at closely."""
    alone = any(word.startswith(("-n", "--dist", "--pdb", "--trace")) or "::" in word for word in arguments)
    processors = min(os.cpu_count() or 1, 16)
    return () if alone or processors == 1 else ("-n", str(processors), "--dist", "loadfile")


@_command("bench", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(lang: str, arguments: tuple[str, ...]) -> int:
    """The figures of speed and memory that the README quotes."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XIETIAO_LANG": lang}
    command = [sys.executable, str(ROOT / "benchmarks" / "run.py"), *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str] | None = None) -> int:
    """Carry out a command line; the exit status is 0, 2 for a wrong request, 130 if interrupted, 1 for a defect."""
    words = sys.argv[1:] if arguments is None else arguments
    lang = language(words)
    try:
        status = cli.main(words, prog_name="run.py", standalone_mode=False, obj=lang)
        return status if isinstance(status, int) else 0
    except RequestError as error:
        click.echo(explain(error, lang), err=True)
        return 2
    except click.UsageError as error:
        click.echo(explain(refusal(error, lang), lang), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(say("stopped", lang, command=_again()), err=True)
        return INTERRUPTED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        traceback.print_exc()
        click.echo(say("defect", lang), err=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
