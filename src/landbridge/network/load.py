"""Load a network: the shipped world, the cases that a case extends, and the case itself."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from landbridge.errors import DataError
from landbridge.network import tables as t
from landbridge.network.assemble import assemble
from landbridge.network.case import read_layers, read_table
from landbridge.network.check import check
from landbridge.network.follow import in_step
from landbridge.network.network import Network, network_of
from landbridge.schema.table import Table
from landbridge.store.world import read_manifest, read_world


def load(
    case: str | Path = "instc", *, data: Path | None = None, rules: Path | None = None
) -> Network:
    """The network of a built-in case, by name, or of a case folder, laid over the world.

    ``data`` is the folder of another dataset than the shipped one; ``rules`` a file of the columns
    of rules.csv whose rows are laid over the case's own. Raises ``DataError`` with every
    fault of the case and of what it is laid over, ``InputError`` where there is no such case.
    """
    layers = read_layers(case)
    base = read_base(data or data_folder())
    drafts = [draft for layer in layers for draft in layer.drafts]
    faults = [fault for layer in layers for fault in layer.faults]
    if rules is not None:
        draft, wrong = read_table(t.Rules, rules)
        faults += wrong
        drafts.append(draft)
    done = assemble(base, drafts)
    faults += done.faults
    # where the case's own head has faults, that of the layer below lets its tables be checked
    head = next((layer.head for layer in reversed(layers) if layer.head), None)
    if head is None:
        raise DataError(faults)
    net = network_of(head.case, done.tables)
    faults += check(net, done)
    if faults:
        raise DataError(faults)
    world = network_of(head.case, base)
    return in_step(net, world.sections, world.passages)


def data_folder() -> Path:
    """Where the shipped dataset lies."""
    return Path(str(resources.files("landbridge") / "data"))


def read_base(folder: Path) -> dict[str, Table]:
    """The tables of a dataset by name.

    Raises ``DataError`` where a file of it is missing, damaged or of a newer format.
    """
    held = read_manifest(folder).rows
    kinds = [kind for kind in (*t.WORLD_TABLES, *t.CASE_TABLES) if kind.name in held]
    return read_world(folder, kinds)
