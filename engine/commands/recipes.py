"""`tryon recipes`: what can be trained here, with which presets, on which device."""

from typing import Annotated

import typer

from engine.commands.descriptions import describe_devices, describe_evaluations, describe_recipes, print_line
from engine.commands.reporting import report


def recipes(
    json: Annotated[bool, typer.Option("--json", help="One JSON object with every option of every preset.")] = False,
) -> None:
    """Show the networks that can be trained, their presets, and the devices of this computer."""
    found, devices = describe_recipes(), describe_devices()
    if json:
        print_line({"recipes": found, "devices": devices, "evaluations": describe_evaluations()})
        return
    for kind, recipe in found.items():
        report(kind)
        for name, options in recipe["presets"].items():
            report(f"  {name}: {options['steps']} steps of {options['batch']}, width {options.get('width', '-')}")
    for device in devices:
        report(f"{device['name']}: {device['text']}, {', '.join(device['precisions'])}")
