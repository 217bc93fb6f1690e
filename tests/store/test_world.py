import json
from contextlib import suppress
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import DataError
from landbridge.network.tables import Countries, Nodes
from landbridge.schema.column import Texts
from landbridge.store.world import Origin, read_manifest, read_world, write_world


def texts(*values: str) -> Texts:
    return cast("Texts", np.array(values, np.dtypes.StringDType()))


def small_world(folder: Path) -> tuple[Nodes, Countries]:
    nodes = Nodes(
        np.array([59.9, -33.5, 0.001]),
        np.array([30.3, 151.2, -180.0]),
        np.array([0, 1, -1], np.int16),
    )
    countries = Countries(texts("RU", "AU"), texts("Россия", "Australia"), texts("EAEU", ""))
    origins = [Origin("osm", "python:scgraph_data", "2.0.0", "00", "ODbL-1.0")]
    write_world(folder, [nodes, countries], builder="test", origins=origins)
    return nodes, countries


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    nodes, countries = small_world(tmp_path)
    found = read_world(tmp_path, [Nodes, Countries])
    assert found["nodes"].digest() == nodes.digest()
    assert found["countries"].digest() == countries.digest()
    assert read_manifest(tmp_path).rows == {"nodes": 3, "countries": 2}


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    small_world(tmp_path / "a")
    small_world(tmp_path / "b")
    for name in ("world.bin", "manifest.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    small_world(tmp_path)
    (tmp_path / "world.bin").unlink()
    with pytest.raises(DataError, match=r"world\.bin.*make data"):
        read_world(tmp_path, [Nodes])


def test_a_flipped_byte_is_found_by_its_hash(tmp_path: Path) -> None:
    small_world(tmp_path)
    body = bytearray((tmp_path / "world.bin").read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / "world.bin").write_bytes(body)
    with pytest.raises(DataError, match="SHA-256"):
        read_world(tmp_path, [Nodes])


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    small_world(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    manifest["schema"] = 99
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(DataError, match="schema 99"):
        read_world(tmp_path, [Nodes])


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 5000), value=st.integers(0, 255), cut=st.integers(0, 400))
def test_a_damaged_manifest_raises_only_our_errors(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("world")
    small_world(folder)
    body = bytearray((folder / "manifest.json").read_bytes())
    body[at % len(body)] = value
    (folder / "manifest.json").write_bytes(body[: len(body) - cut])
    with suppress(DataError):  # anything else is a fault of ours
        read_world(folder, [Nodes, Countries])
