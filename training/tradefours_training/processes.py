"""Several processes that train together, as `torchrun` starts them; by itself a process is the only one."""

import os
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from .network import Network


def join() -> None:
    """Joins the processes that `torchrun` has started, if it has."""
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not dist.is_initialized():
        dist.init_process_group("gloo")


def leave() -> None:
    if dist.is_initialized():
        dist.destroy_process_group()


def share() -> tuple[int, int]:
    """This process's number, and how many there are."""
    return (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)


def columns(batch: int) -> range:
    """The columns of a batch that are this process's."""
    number, processes = share()
    if batch % processes:
        raise ValueError(f"A batch of {batch} does not divide among {processes} processes: start 1, 2, 4 or so.")
    size = batch // processes
    return range(number * size, (number + 1) * size)


def together(network: Network) -> nn.Module:
    """The network with its gradients averaged over the processes."""
    network.share = share()
    return DistributedDataParallel(network) if dist.is_initialized() else network


def summed(value: Tensor | float) -> float:
    """The sum over the processes."""
    total = torch.as_tensor(value, dtype=torch.float64).detach().clone()
    if dist.is_initialized():
        dist.all_reduce(total)
    return total.item()


def from_first(value: Any) -> Any:
    """What the first process has, in all."""
    values = [value]
    if dist.is_initialized():
        dist.broadcast_object_list(values)
    return values[0]
