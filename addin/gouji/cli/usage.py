"""click's usage errors in Chinese: what is wrong and where to look it up."""

from __future__ import annotations

import click

from . import COMMANDS, words


def in_chinese(error: click.UsageError) -> str:
    """One or two lines: the mistake, and how to see the usage."""
    path = error.ctx.command_path if error.ctx else "gouji"
    return f"{_mistake(error)}\n{words('app')['more'].format(command=path)}"


def _mistake(error: click.UsageError) -> str:
    w = words("usage")
    if isinstance(error, click.MissingParameter):
        name = _name(error.param)
        option = isinstance(error.param, click.Option)
        return str(w["missing_option" if option else "missing_argument"]).format(name=name)
    if isinstance(error, click.NoSuchOption):
        options = "、".join(error.possibilities or ())
        possible = w["possible"].format(options=options) if options else ""
        return str(w["no_option"]).format(name=error.option_name, possible=possible)
    if isinstance(error, click.BadOptionUsage):
        return str(w["needs_value"]).format(name=error.option_name)
    if isinstance(error, click.BadParameter):
        return str(w["bad_value"]).format(name=_name(error.param), reason=_reason(error))
    return _by_text(error)


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[-1] if isinstance(param, click.Option) else (param.metavar or param.name or "").upper()


def _reason(error: click.BadParameter) -> str:
    """The reason by the parameter's type; click's own text holds the value in quotes."""
    w = words("usage")
    value = error.message.split("'")[1] if error.message.count("'") > 1 else ""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return str(w["bad_choice"]).format(value=value, choices="、".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange) and "'" not in error.message:
        number = error.message.split()[0]
        return str(w["bad_range"]).format(value=number, least=kind.min, most=kind.max)
    if isinstance(kind, click.types.IntParamType):
        return str(w["bad_integer"]).format(value=value)
    if isinstance(kind, click.Path):
        return str(w["no_path"]).format(value=error.message.split("'")[-2] if value else "")
    return error.message


def _by_text(error: click.UsageError) -> str:
    w = words("usage")
    quoted = error.message.split("'")
    if error.message.startswith("No such command"):
        return str(w["no_command"]).format(name=quoted[1], commands="、".join(COMMANDS))
    if "unexpected extra argument" in error.message:
        extra = error.message[error.message.find("(") + 1 : -1]
        return str(w["too_many"]).format(extra=extra)
    return str(w["other"]).format(message=error.message)
