"""A case folder with faults: all are told together, by file, line, column, value, rule, way out."""

import shutil
from importlib import resources
from pathlib import Path

import pytest

import landbridge as lb
from landbridge.errors import DataError

HEAD = """id = "bad"
title = "A case with faults"
version = "1"
extends = "instc"
base_case = "none"
base_date = 2025-06-01
first_date = 2020-01-01
last_date = 2030-01-01
price_year = 2025
"""
RATE = (
    "id,kind,mode,item,country,to_country,equipment,value,low,high,currency,unit,distribution,valid_from,"
    "valid_to,year,source,confidence,estimated,note\n"
)
CROSSING = (
    "id,title,mode,from_country,to_country,distribution,hours_low,hours_typical,hours_high,usd_low,"
    "usd_typical,usd_high,unit,empty_usd_low,empty_usd_typical,empty_usd_high,status,year,source,"
    "confidence,estimated,note\n"
)
CALENDAR = "id,country,kind,weekdays,from_day,to_day,factor,year,source,confidence,note\n"
SERVICE = (
    "id,title,operator,mode,speed_class,gauge_mm,generic,both_ways,distribution,headway_low_h,"
    "headway_typical_h,headway_high_h,timetable,min_km,max_km,status,year,source,confidence,"
    "estimated,note\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "case.toml").write_text(HEAD, encoding="utf-8")
    return tmp_path


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        lb.load(folder)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "rates.csv",
            RATE + "x,speed,rail,,*,*,any,5,5,5,,miles/day,fixed,,,2025,general,low,yes,n\n",
            ("rates.csv, line 2", "miles/day", "km/day"),
        ),
        (
            "rates.csv",
            RATE + "x,speed,rail,,*,*,any,9,10,20,,km/day,pert,,,2025,general,low,yes,n\n",
            ("rates.csv, line 2, column low", "must not exceed value"),
        ),
        (
            "calls.csv",
            "service,order,terminal,dwell_h\nno-such-train,1,RUMOW,1\n",
            ("calls.csv, line 2, column service", "no-such-train", "services"),
        ),
        (
            "sources.csv",
            "id,title,url,year,licence\nzz,t,,2025,fact\nzz,t,,2025,fact\n",
            ("sources.csv", "zz"),
        ),
        (
            "crossings.csv",
            CROSSING
            + "x,t,rail,RU,IN,fixed,1,1,1,1,1,1,USD/box,0,0,0,open,2025,general,low,yes,n\n",
            ("crossings.csv, line 2", "touch"),
        ),
        (
            "crossings.csv",
            CROSSING
            + "x,t,rail,RU,AZ,fixed,1,1,1,1,1,1,USD/box,0,0,0,ajar,2025,general,low,yes,n\n",
            ("column status", "ajar", "open"),
        ),
        (
            "services.csv",
            SERVICE + "x,t,,rail,container_train,1520,yes,yes,fixed,1,1,1,Mo 25:00,0,9,open,2025,"
            "general,low,yes,n\n",
            ("column timetable", "Mo 25:00", "Mo Th 18:00"),
        ),
        (
            "calendar.csv",
            CALENDAR + "x,IR,slow,,02-30,03-01,2,2025,general,low,\n",
            ("column from_day", "02-30"),
        ),
        ("rates.csv", "id,kind,colour\nx,speed,red\n", ("unknown column", "colour")),
        ("rates.csv", RATE + "x,speed\n", ("line 2", "2 cells")),
        ("ratez.csv", "id\n", ("ratez.csv", "rates.csv")),
        ("case.toml", HEAD + "colour = 1\n", ("case.toml", "colour")),
        ("case.toml", HEAD.replace('"instc"', '"../instc"'), ("extends", "never a path")),
        ("case.toml", "id = ", ("case.toml", "TOML")),
    ],
)
def test_each_fault_is_told_where_it_stands(
    folder: Path, name: str, text: str, told: tuple[str, ...]
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    found = faults(folder)
    assert any(all(word in fault for word in told) for fault in found), found


def test_all_faults_are_told_together(folder: Path) -> None:
    (folder / "calls.csv").write_text(
        "service,order,terminal,dwell_h\nnone,1,RUMOW,1\nnone,2,nowhere,-1\n", encoding="utf-8"
    )
    (folder / "rates.csv").write_text(
        RATE + "x,speed,rail,,*,*,any,abc,5,5,,km/day,fixed,,,2025,general,low,yes,n\n",
        encoding="utf-8",
    )
    text = "\n".join(faults(folder))
    for word in ("rates.csv, line 2, column value", "calls.csv, line 2", "calls.csv, line 3"):
        assert word in text


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path.parent / "secret.csv"
    secret.write_text("id\n", encoding="utf-8")
    (folder / "rates.csv").symlink_to(secret)
    assert any("leads out of the folder" in fault for fault in faults(folder))


def test_a_copy_of_the_built_in_case_loads_and_is_equal(tmp_path: Path) -> None:
    there = tmp_path / "copy"
    shutil.copytree(str(resources.files("landbridge") / "cases" / "instc"), there)
    assert lb.load(there).hash == lb.load("instc").hash
