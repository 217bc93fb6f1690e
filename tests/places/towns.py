"""A few towns and ports with everything that makes finding hard: the tests' gazetteer.

St Petersburg (port + city), St. Petersburg in Florida; two Astaras, in two countries, 5 km
apart; Bandar Abbas (port 15 km from the city of that name); Mumbai, Nhava Sheva; three Lagos;
Springfield in two states; Hamburg; PARIS, a code that is also a word, in Panama.
"""

from __future__ import annotations

from landbridge.network import rows as r
from landbridge.network.builder import NetworkBuilder
from landbridge.network.network import Network

PLACES = (
    r.Place("RULED", "St Petersburg", "RU", 59.9, 30.25, "port", "RULED", weight=7.2,
            names=("spb", "Питер", "Saint Petersburg")),
    r.Place("gn:498817", "Saint Petersburg", "RU", 59.939, 30.314, locode="RULED", weight=6.7,
            names=("Санкт-Петербург", "聖彼得堡")),
    r.Place("USPIE", "St. Petersburg, Florida", "US", 27.771, -82.679, locode="USPIE", weight=5.4),
    r.Place("RUMOW", "Moscow", "RU", 55.752, 37.616, locode="RUMOW", weight=7.0,
            names=("Москва", "Moskva")),
    r.Place("USMJL", "Moscow, Idaho", "US", 46.732, -117.0, locode="USMJL", weight=4.4),
    r.Place("AZAST", "Astara (AZ)", "AZ", 38.463, 48.867, "border", "AZAST", weight=4.8),
    r.Place("IRASR", "Astara (IR)", "IR", 38.42, 48.86, "border", "IRASR", weight=4.8,
            names=("آستارا",)),
    r.Place("gn:142676", "Āstārā", "IR", 38.431, 48.87, weight=4.6),
    r.Place("IRSRP", "Bandar Abbas (Rajaee)", "IR", 27.11, 56.07, "port", "IRSRP", weight=6.6),
    r.Place("gn:141681", "Bandar Abbas", "IR", 27.183, 56.267, weight=5.5,
            names=("بندرعباس", "Gombroon")),
    r.Place("INBOM", "Mumbai", "IN", 18.967, 72.867, "port", "INBOM", weight=7.4,
            names=("Bombay", "मुंबई", "Мумбаи")),
    r.Place("INNSA", "Nhava Sheva (JNPT)", "IN", 18.95, 72.95, "port", "INNSA", weight=6.9,
            names=("JNPA", "न्हावा शेवा")),
    r.Place("NGLOS", "Lagos", "NG", 6.4, 3.4, "port", "NGLOS", weight=7.5),
    r.Place("PTLOS", "Lagos", "PT", 37.1, -8.667, "port", "PTLOS", weight=5.2),
    r.Place("GRPTL", "Lagos", "GR", 41.0, 25.133, "port", "GRPTL", weight=3.0),
    r.Place("USSFY", "Springfield, Illinois", "US", 39.8, -89.644, weight=5.1),
    r.Place("USSGF", "Springfield, Missouri", "US", 37.215, -93.298, weight=5.2),
    r.Place("DEHAM", "Hamburg", "DE", 53.54, 9.95, "port", "DEHAM", weight=6.6,
            names=("Гамбург", "هامبورگ")),
    r.Place("FRPAR", "Paris", "FR", 48.853, 2.349, locode="FRPAR", weight=6.3),
    r.Place("PARIS", "Isla Risco", "PA", 8.9, -79.5, locode="PARIS", weight=2.0),
    r.Place("GEPTI", "Poti", "GE", 42.155, 41.655, "port", "GEPTI", weight=5.8),
    r.Place("BRTHE", "Teresina", "BR", -5.089, -42.802, weight=5.9, names=("Poti",)),
    r.Place("CNCQI", "Chongqing", "CN", 29.6, 106.56, weight=7.0, names=("重庆",)),
)  # fmt: skip
COUNTRIES = ("AZ", "BR", "CN", "DE", "FR", "GE", "GR", "IN", "IR", "ME", "NG", "PA", "PT", "RU",
             "US")  # fmt: skip


def towns(*more: r.AnyRow) -> Network:
    """The gazetteer above as a network, with further rows."""
    builder = NetworkBuilder()
    builder.add(*(r.Country(code, code) for code in COUNTRIES))
    return builder.add(*PLACES, *more).build()
