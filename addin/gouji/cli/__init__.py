"""The command ``gouji``. Commands are imported when they are called: ``gouji --help`` stays quick."""

from __future__ import annotations

import importlib
import sys
from pathlib import PurePath
from typing import Any, NoReturn

import click

from .. import __version__
from ..errors import GoujiError
from ..sweeping import sweep_seldom
from ..wording import wording_of
from .telling import tell, tell_text

#: Command -> module of this package that defines it as ``<name>_command``.
COMMANDS = {
    "template": "forms",
    "fill": "forms",
    "import": "imports",
    "validate": "checks",
    "seal": "checks",
    "export": "export",
    "season": "season",
    "consolidate": "cities",
    "verify": "verify",
    "demo": "demo",
    "rules": "checks",
    "bundle": "install",
    "page": "page",
    "addin": "addin",
}


def words(section: str) -> dict[str, Any]:
    """One section of this package's wording."""
    return wording_of("gouji.cli", section)


class ChineseCommand(click.Command):
    """A command whose help is in Chinese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", f"[{words('app')['options']}]")
        formatter.write(words("app")["usage"].format(usage=f"{ctx.command_path} {pieces}") + "\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [row for p in self.get_params(ctx) if (row := p.get_help_record(ctx))]
        required = words("app")["required"]
        rows = [
            (name, text.replace("[required]", required).replace("; required]", f"] {required}"))
            for name, text in records
        ]
        with formatter.section(words("app")["options"]):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = words("app")["help_option"]
        return option


class LazyGroup(ChineseCommand, click.Group):
    """Knows its commands by name; imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f".{COMMANDS[cmd_name]}", __name__)
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(words("app")["commands"]):
            formatter.write_dl([(name, words("commands")[name]) for name in COMMANDS])
        ChineseCommand.format_options(self, ctx, formatter)


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        tell(f"gouji {__version__}")
        ctx.exit()


app = LazyGroup(
    "gouji",
    help=words("app")["help"],
    epilog=words("app")["epilog"],
    params=[
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_version,
            help=words("app")["version_option"],
        )
    ],
)


class Failure(GoujiError):
    """A command can not go on; the message is one Chinese line. Exit code 2."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line. Exit code 0: no error found; 1: errors found; 2: usage, unreadable input."""
    sweep_seldom()
    prepare_streams()
    try:
        code = app.main(arguments, prog_name="gouji", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (click.Abort, KeyboardInterrupt):
        tell(words("app")["interrupted"], err=True)
        sys.exit(2)
    except click.UsageError as error:
        from .usage import in_chinese

        tell_text(in_chinese(error), err=True)
        sys.exit(2)
    except Exception as error:
        tell_text(_failure(error), err=True)
        sys.exit(2)


def prepare_streams() -> None:
    """Whatever is said can be written: to a console as it is, else as UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8" if not stream.isatty() else stream.encoding, errors="replace")


def _failure(error: Exception) -> str:
    """One Chinese line for what went wrong; what nobody foresaw also leaves its traceback."""
    from ..files import readable, reason_of

    if isinstance(error, GoujiError):
        return error.message
    if isinstance(error, OSError):
        path = readable(PurePath(error.filename)) if error.filename else ""
        system = words("app")["system"]
        return str(system).format(path=path, reason=reason_of(error)).lstrip("：")
    import traceback

    tell_text("".join(traceback.format_exception(error)), err=True)
    return str(words("app")["internal"]).format(error=f"{type(error).__name__}: {error}")
