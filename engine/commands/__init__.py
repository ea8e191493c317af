"""One file a command. Nothing at the top of these files may import torch: `tryon --help` has to be quick.

Imports every other room, inside functions.
"""
