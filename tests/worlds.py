"""Tiny worlds, each drawn, with numbers that can be worked out in the head."""

from __future__ import annotations

import numpy as np

from landbridge.network.builder import NetworkBuilder
from landbridge.network.network import Network
from landbridge.network.rows import (
    Branch,
    Country,
    Crossing,
    Factor,
    Link,
    Node,
    Operation,
    Passage,
    Place,
    Rate,
    Service,
    Side,
    Terminal,
)

__all__ = [
    "factors",
    "gauge_break",
    "rates",
    "rates_of_doors",
    "strait_and_ferry",
    "strait_and_ferry_builder",
    "two_ports",
    "two_ports_builder",
    "two_shores",
]


def rates() -> tuple[Rate, ...]:
    """A speed (50 km/h on land, 25 at sea) and a price (1 USD per FEU-km) for each mode."""
    return tuple(
        rate
        for mode, speed, per in (
            ("rail", 1200.0, "FEU-km"),
            ("road", 1200.0, "km"),
            ("sea", 600.0, "FEU-km"),
        )
        for rate in (
            Rate(f"{mode}-speed", "speed", mode, speed, "km/day", item="plain"),
            Rate(f"{mode}-freight", "freight", mode, 1.0, per, "USD", item="plain"),
        )
    )


def factors() -> tuple[Factor, ...]:
    """10 g CO2e WTW and 8 g TTW per t-km by every mode, 3 kg and 2.4 kg a lift: 1 kg a kg, 0.8."""
    return (
        Factor("diesel-wtw", "carrier_wtw", "", 1.0, "kg/kg", item="Diesel"),
        Factor("diesel-ttw", "carrier_ttw", "", 0.8, "kg/kg", item="Diesel"),
        Factor("lift", "energy_fuel", "", 3.0, "kg/lift", item="lift", carrier="Diesel"),
        *(
            Factor(f"{mode}-fuel", "energy_fuel", mode, 10.0, "g/tkm", carrier="Diesel")
            for mode in ("rail", "road", "sea")
        ),
    )


def rates_of_doors() -> tuple[Rate, ...]:
    """What a question from door to door needs besides: lorries (25 km/h), payloads."""
    return (
        Rate("l-speed", "speed", "road", 600.0, "km/day", item="lorry"),
        Rate("l-freight", "freight", "road", 1.0, "km", "USD", item="lorry"),
        Rate("l-detour", "detour", "road", 1.0, "ratio"),
        Rate("payload-20", "payload", "", 25.0, "t/box", equipment="20"),
        Rate("payload-40", "payload", "", 26.0, "t/box", equipment="40"),
    )


def lorries() -> Service:
    """Lorries on demand, anywhere."""
    return Service("lorry", "road", "plain", generic=True)


def two_ports_builder() -> NetworkBuilder:
    """The rows of ``two_ports``, to add to or to spoil."""
    return NetworkBuilder().add(
        Country("FI", "Finland", "EU"),
        Country("DE", "Germany", "EU"),
        Node("tampere", 61.5, 23.8, "FI"),
        Node("kotka", 60.5, 26.9, "FI"),
        Node("lubeck", 53.9, 10.9, "DE"),
        Node("kassel", 51.3, 9.5, "DE"),
        Link("tampere", "kotka", "road", 200.0),
        Link("kotka", "lubeck", "sea", 1000.0, shape=((59.5, 24.0), (55.5, 16.0))),
        Link("lubeck", "kassel", "road", 300.0),
        Place("FITMP", "Tampere", "FI", 61.5, 23.8, names=("Tammerfors",)),
        Place("FIKTK", "Kotka", "FI", 60.5, 26.9, "port", locode="FIKTK"),
        Place("DELBC", "Lübeck", "DE", 53.9, 10.9, "port", locode="DELBC", names=("Lubeck",)),
        Place("DEKAS", "Kassel", "DE", 51.3, 9.5),
        Terminal("FIKTK", "Port of Kotka", "FI", 60.5, 26.9, locode="FIKTK"),
        Terminal("DELBC", "Port of Lübeck", "DE", 53.9, 10.9, locode="DELBC"),
        Side("FIKTK", "sea", 60.5, 26.9),
        Side("FIKTK", "road", 60.5, 26.9),
        Side("DELBC", "sea", 53.9, 10.9),
        Side("DELBC", "road", 53.9, 10.9),
        Operation("load", "road", "sea", hours_typical=10.0, usd_typical=100.0, kind="port"),
        Operation("unload", "sea", "road", hours_typical=10.0, usd_typical=100.0, kind="port"),
        Service("weekly", "sea", "plain", headway_typical_h=168.0, calls=("FIKTK", "DELBC")),
        lorries(),
        *rates(),
        *factors(),
    )


def two_ports() -> Network:
    """A sea between two ports, each with a town behind it.

    ::

        TAMPERE --200-- KOTKA ~~~~1000~~~~ LÜBECK --300-- KASSEL      -- road   ~~ sea
        FI              FI                 DE             DE
    """
    return two_ports_builder().build()


def gauge_break() -> Network:
    """Two railways of unlike gauge that meet behind a border; lorries as well.

    ::

        ALMATY ==300== k|c ======600===== XI'AN      == rail
               --310-- k|c ------610-----            -- road
        KZ    1520 mm   |  1435 mm          CN        | border; boxes change gauge at c (KHORGOS)
    """
    west, east = (43.3, 76.9), (34.3, 108.9)
    middle = (44.2, 80.4)
    return (
        NetworkBuilder()
        .add(
            Country("KZ", "Kazakhstan", "EAEU"),
            Country("CN", "China"),
            Node("almaty", *west, "KZ"),
            Node("khorgos-kz", *middle, "KZ"),
            Node("khorgos-cn", *middle, "CN"),
            Node("xian", *east, "CN"),
            Link("almaty", "khorgos-kz", "rail", 300.0, 1520),
            Link("khorgos-kz", "khorgos-cn", "rail", 0.0, 1520),
            Link("khorgos-cn", "xian", "rail", 600.0, 1435),
            Link("almaty", "khorgos-kz", "road", 310.0),
            Link("khorgos-kz", "khorgos-cn", "road", 0.0),
            Link("khorgos-cn", "xian", "road", 610.0),
            Place("KZALA", "Almaty", "KZ", *west),
            Place("CNKHO", "Khorgos", "CN", *middle, "border", names=("Хоргос", "霍尔果斯")),
            Place("CNXIY", "Xi'an", "CN", *east, names=("西安",)),
            Terminal("KZALA", "Almaty yard", "KZ", *west, "rail"),
            Terminal("CNKHO", "Khorgos gauge change", "CN", *middle, "border"),
            Terminal("CNXIY", "Xi'an yard", "CN", *east, "rail"),
            Side("KZALA", "rail", *west, 1520),
            Side("KZALA", "road", *west),
            Side("CNKHO", "rail", *middle, 1520),
            Side("CNKHO", "rail", *middle, 1435),
            Side("CNXIY", "rail", *east, 1435),
            Side("CNXIY", "road", *east),
        )
        .add(
            Operation(
                "gauge",
                "rail",
                "rail",
                hours_typical=12.0,
                usd_typical=80.0,
                gauge_change=True,
                kind="gauge_change",
            ),
            Operation("onto-rail", "road", "rail", hours_typical=6.0, usd_typical=50.0),
            Operation("off-rail", "rail", "road", hours_typical=6.0, usd_typical=50.0),
            Crossing("KZ-CN-rail", "rail", "KZ", "CN", hours_typical=20.0, usd_typical=30.0),
            Crossing("CN-KZ-rail", "rail", "CN", "KZ", hours_typical=40.0, usd_typical=60.0),
            Crossing("KZ-CN-road", "road", "KZ", "CN", hours_typical=10.0, usd_typical=90.0),
            Crossing("CN-KZ-road", "road", "CN", "KZ", hours_typical=15.0, usd_typical=95.0),
            Service("broad", "rail", "plain", 48.0, calls=("KZALA", "CNKHO"), gauge_mm=1520),
            Service("standard", "rail", "plain", 24.0, calls=("CNKHO", "CNXIY"), gauge_mm=1435),
            lorries(),
            *rates(),
            *factors(),
        )
        .build()
    )


def strait_and_ferry_builder() -> NetworkBuilder:
    """The rows of ``strait_and_ferry``, to add to or to spoil."""
    west, east = (40.0, 49.4), (40.0, 53.0)
    south_a, south_b = (38.4, 48.9), (37.5, 55.0)
    return (
        NetworkBuilder()
        .add(
            Country("AZ", "Azerbaijan"),
            Country("IR", "Iran"),
            Country("TM", "Turkmenistan"),
            Passage("narrows", "The Narrows", "strait", lat=40.0, lon=51.2, has_detour=True),
            Passage("cape", "The Cape", "cape", lat=42.0, lon=51.2),
            Node("baku", 40.4, 49.9, "AZ"),
            Node("alat", *west, "AZ"),
            Node("narrows", 40.0, 51.2),
            Node("cape", 42.0, 51.2),
            Node("turkmenbashi", *east, "TM"),
            Node("ashgabat", 37.9, 58.4, "TM"),
            Node("astara-az", *south_a, "AZ"),
            Node("astara-ir", *south_a, "IR"),
            Node("border-ir", *south_b, "IR"),
            Node("border-tm", *south_b, "TM"),
            Link("baku", "alat", "road", 50.0),
            Link("alat", "narrows", "sea", 150.0, passage="narrows"),
            Link("narrows", "turkmenbashi", "sea", 150.0, passage="narrows"),
            Link("alat", "cape", "sea", 450.0, passage="cape"),
            Link("cape", "turkmenbashi", "sea", 450.0, passage="cape"),
            Link("turkmenbashi", "ashgabat", "road", 100.0),
            Link("baku", "astara-az", "road", 700.0),
            Link("astara-az", "astara-ir", "road", 0.0),
            Link("astara-ir", "border-ir", "road", 800.0),
            Link("border-ir", "border-tm", "road", 0.0),
            Link("border-tm", "ashgabat", "road", 100.0),
        )
        .add(
            Place("AZBAK", "Baku", "AZ", 40.4, 49.9, names=("Bakı",)),
            Place("AZALT", "Alat", "AZ", *west, "port"),
            Place("TMKRW", "Turkmenbashi", "TM", *east, "port"),
            Place("TMASB", "Ashgabat", "TM", 37.9, 58.4),
            Terminal("AZALT", "Port of Alat", "AZ", *west),
            Terminal("TMKRW", "Port of Turkmenbashi", "TM", *east),
            Side("AZALT", "sea", *west),
            Side("AZALT", "road", *west),
            Side("TMKRW", "sea", *east),
            Side("TMKRW", "road", *east),
            Operation("load", "road", "sea", hours_typical=8.0, usd_typical=120.0, kind="port"),
            Operation("unload", "sea", "road", hours_typical=8.0, usd_typical=120.0, kind="port"),
            Crossing("AZ-TM-sea", "sea", "AZ", "TM", hours_typical=12.0, usd_typical=20.0),
            Crossing("TM-AZ-sea", "sea", "TM", "AZ", hours_typical=12.0, usd_typical=20.0),
            Crossing("AZ-IR-road", "road", "AZ", "IR", hours_typical=24.0, usd_typical=150.0),
            Crossing("IR-AZ-road", "road", "IR", "AZ", hours_typical=24.0, usd_typical=150.0),
            Crossing("IR-TM-road", "road", "IR", "TM", hours_typical=24.0, usd_typical=150.0),
            Crossing("TM-IR-road", "road", "TM", "IR", hours_typical=24.0, usd_typical=150.0),
            Service("ferry", "sea", "plain", 72.0, calls=("AZALT", "TMKRW")),
            Branch("by-ferry", "Across the sea", all_of="mode:sea"),
            Branch("by-iran", "Round through Iran", all_of="country:IR"),
            lorries(),
            *rates(),
            *factors(),
        )
    )


def strait_and_ferry() -> Network:
    r"""A ferry through a strait, the long sea way round it, and a road round everything.

    ::

                     ~~~~~~~~~ 900 (round the cape) ~~~~~~~~~
                    /                                        \
        BAKU -50- ALAT ~~150~~(narrows)~~150~~ TURKMENBASHI -100- ASHGABAT
        AZ    \    AZ                            TM              / TM
               \----------700--- i|i ---800-----------|----100---/      through Iran by road
                                 AZ|IR              IR|TM
    """
    return strait_and_ferry_builder().build()


def two_shores(seed: int) -> Network:
    """Ports on two shores, of drawn sizes, with vessels and handling of drawn speeds and prices."""
    rng = np.random.default_rng(seed)
    builder = two_ports_builder().add(*rates_of_doors())
    ports = ["FIKTK", "DELBC"]
    for k in range(int(rng.integers(2, 7))):
        north = bool(rng.random() < 0.5)
        # beside the sea way of 1000 km and the two roads
        lat, lon = (rng.uniform(59.0, 61.3), 24.5) if north else (rng.uniform(51.5, 55.0), 11.5)
        name = f"{'FI' if north else 'DE'}P{k:02d}"
        builder.add(
            Terminal(name, name, name[:2], lat, lon, size=int(rng.integers(1, 4))),
            Side(name, "road", lat, lon),
            Side(name, "sea", lat, lon),
            Place(name, name, name[:2], lat, lon, "port"),
        )
        ports.append(name)
    for k in range(int(rng.integers(1, 4))):
        builder.add(
            Rate(f"s{k}", "speed", "sea", float(rng.uniform(100, 900)), "km/day", item=f"c{k}"),
            Rate(f"f{k}", "freight", "sea", float(rng.uniform(0.1, 3)), "FEU-km", item=f"c{k}",
                 currency="USD"),
            Factor(f"w{k}", "energy_fuel", "sea", float(rng.uniform(5, 50)), "g/tkm",
                   item=f"c{k}", carrier="Diesel"),
            Service(f"v{k}", "sea", f"c{k}", float(rng.uniform(12, 400)), generic=True),
        )  # fmt: skip
    for name in ports:
        for way in (("road", "sea"), ("sea", "road")):
            hours, usd = float(rng.uniform(1, 60)), float(rng.uniform(10, 900))
            builder.add(Operation(f"{name}-{way[0]}", *way, hours, usd, terminal=name, kind="port"))
    return builder.build()
