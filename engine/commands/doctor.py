"""`tryon doctor`: everything a bug report needs, ready to paste."""

import typer


def doctor() -> None:
    """Print versions, devices, memory, weight packs and display, ready to paste into a bug report."""
    from engine.commands.doctor_report import report

    typer.echo(report())
