"""click in two languages: help made of message keys, and complaints turned into one kind of refusal.

The language is the context's ``obj``.
"""

from typing import Any

import click

from sim.errors import RequestError, nearest_name
from sim.messages import say


class _Spoken(click.Command):
    """A command whose help is a message key."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, say("Usage: ", ctx.obj))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(str(self.help), ctx.obj))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(say("Options", ctx.obj)):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = say("help", ctx.obj)
        return option


class Command(_Spoken):
    """One command."""


class Group(_Spoken, click.Group):
    """All commands; without one, ``default`` is meant."""

    default = "compare"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front of options that are not the group's own."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        at = 0
        while at < len(args) and args[at].split("=")[0] in own:
            at += 1 if "=" in args[at] or args[at] != "--lang" else 2
        if at >= len(args) and not {"--help", "-h", "--version"} & set(args):
            args = [*args, self.default]
        elif at < len(args) and args[at].startswith("-"):
            args = [*args[:at], self.default, *args[at:]]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, and then all commands."""
        super().format_options(ctx, formatter)
        with formatter.section(say("Commands", ctx.obj)):
            formatter.write_dl([(name, say(str(command.help), ctx.obj)) for name, command in self.commands.items()])


class Option(click.Option):
    """An option whose help is a message key."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """How the option is written, and what it is for."""
        record = super().get_help_record(ctx)
        return record and (record[0], say(str(self.help), ctx.obj))


class Whole(click.ParamType[int]):
    """A whole number within bounds."""

    name = "n"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; ``RequestError`` if it is none, or out of bounds."""
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            what = say("bad_value", ctx.obj if ctx else "en")
            raise RequestError(what, key=_key(param), got=value, allowed=f"{self.least}..{self.most}")
        return number


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words, as the help shows them."""
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; ``RequestError`` if it is another."""
        if value not in self.words:
            what, near = say("bad_value", ctx.obj if ctx else "en"), nearest_name(value, self.words)
            raise RequestError(what, key=_key(param), got=value, allowed=", ".join(self.words), nearest=near)
        return str(value)


class Part(click.ParamType[tuple[int, int]]):
    """A share ``k/n`` of a whole: the k-th of n, from 1."""

    name = "k/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """The two numbers; ``RequestError`` unless 1 <= k <= n <= 100000."""
        part, _, parts = str(value).partition("/")
        if part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts) <= 100_000:
            return int(part), int(parts)
        what = say("bad_value", ctx.obj if ctx else "en")
        raise RequestError(what, key=_key(param), got=value, allowed="K/N, 1 <= K <= N <= 100000")


def refusal(error: click.UsageError, lang: str) -> RequestError:
    """What click complains of, as every other refusal is said."""
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities[0] if error.possibilities else ""
        return RequestError(say("unknown_option", lang), key=error.option_name, nearest=near)
    if isinstance(error, click.exceptions.NoSuchCommand):
        group = error.ctx.command if error.ctx else None
        names = list(group.commands) if isinstance(group, click.Group) else []
        name, allowed = error.command_name, ", ".join(names)
        return RequestError(say("unknown_command", lang), got=name, allowed=allowed, nearest=nearest_name(name, names))
    if isinstance(error, click.MissingParameter):
        return RequestError(say("is_missing", lang), key=_key(error.param))
    if isinstance(error, click.BadOptionUsage):
        return RequestError(say("needs_value", lang), key=error.option_name)
    return RequestError(error.format_message() if lang == "en" else say("extra", lang))


def _key(param: click.Parameter | None) -> str:
    """How the user writes a parameter: the option itself, or an argument's name."""
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
