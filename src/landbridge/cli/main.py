"""The program ``landbridge``: one module per verb, errors as exit codes, answers on stdout.

Exit codes: 0 an answer, 1 there is none, 2 the input is wrong, 3 a fault of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module, metadata
from typing import Annotated

import typer

from landbridge.cli.faults import tell
from landbridge.errors import InternalError, LandbridgeError

VERBS = (
    "route",
    "distance",
    "matrix",
    "reach",
    "departures",
    "places",
    "network",
    "scenarios",
    "compare",
    "simulate",
    "explain",
    "breakeven",
    "claims",
    "init",
    "check",
    "doctor",
    "demo",
)
"""Each is a module of this package with ``register(app)``; they import what is heavy when run."""


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"landbridge {metadata.version('landbridge')}\n")
        raise typer.Exit


def program() -> typer.Typer:
    """The command line with every verb."""
    app = typer.Typer(
        name="landbridge",
        help="Route freight door to door, measure ways, find places, look into the data.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def options(  # pyright: ignore[reportUnusedFunction] - typer calls it
        _version_asked: Annotated[
            bool,
            typer.Option("--version", help="Print the version.", callback=_version, is_eager=True),
        ] = False,
    ) -> None:
        pass

    for verb in VERBS:
        import_module(f"landbridge.cli.{verb}").register(app)
    return app


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code. No traceback unless LANDBRIDGE_DEBUG is set."""
    given = sys.argv[1:] if arguments is None else arguments
    as_json = "--json" in given
    try:
        code = program()(args=given, standalone_mode=False, obj=("landbridge", *given))
    except LandbridgeError as error:
        return tell(error, as_json=as_json)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("interrupted\n")
        return 130
    except BrokenPipeError:
        # whoever reads us has enough; keep the interpreter from complaining at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if _is_usage(error):
            return tell(_usage(error), as_json=as_json)
        if os.environ.get("LANDBRIDGE_DEBUG"):
            raise
        fault = InternalError(
            f"landbridge failed: {type(error).__name__}: {error}. Please report it with the"
            " command; LANDBRIDGE_DEBUG=1 shows where it happened."
        )
        return tell(fault, as_json=as_json)
    return code if isinstance(code, int) else 0


def _is_usage(error: Exception) -> bool:
    """Whether the command line itself was wrong: an unknown verb or option, a missing argument."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _usage(error: Exception) -> LandbridgeError:
    from landbridge.errors import QuestionError  # noqa: PLC0415

    text: str = getattr(error, "format_message")()  # noqa: B009
    if re.match(r"No such option: -\d", text):
        text += " For a latitude south of the equator put -- before the places: -- -34,18.5 Lagos."
    return QuestionError(f"{text} `landbridge --help` lists the verbs and their options.")


def run() -> None:
    """Entry point of the installed program."""
    sys.exit(main())


if __name__ == "__main__":
    run()
