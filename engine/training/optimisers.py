"""Adam and AdamW that do not bring torch's compiler along, whose import is two CPU seconds of every training's start.

torch wraps the methods of its optimisers so that torch.compile goes around them, and each wrapper imports all of
torch._dynamo when it is first called. Nothing here is compiled, so these are the methods within the wrappers: the same
code, the same bits, the same state dicts. Where a version of torch wraps nothing, they are torch's own methods.
"""

from inspect import unwrap

import torch

__all__ = ["Adam", "AdamW"]


class Adam(torch.optim.Adam):
    """`torch.optim.Adam` for what is not compiled and not differentiated through."""

    step = torch.no_grad()(unwrap(torch.optim.Adam.step))
    zero_grad = unwrap(torch.optim.Adam.zero_grad)
    state_dict = unwrap(torch.optim.Adam.state_dict)
    load_state_dict = unwrap(torch.optim.Adam.load_state_dict)
    add_param_group = unwrap(torch.optim.Adam.add_param_group)


class AdamW(torch.optim.AdamW):
    """`torch.optim.AdamW`, likewise."""

    step = torch.no_grad()(unwrap(torch.optim.AdamW.step))
    zero_grad = Adam.zero_grad
    state_dict = Adam.state_dict
    load_state_dict = Adam.load_state_dict
    add_param_group = Adam.add_param_group
