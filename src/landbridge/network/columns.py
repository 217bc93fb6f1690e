"""Kinds of column that several tables share: what they hold, in which unit, by which rule.

The text under a kind says what a column of that kind means where the table itself does not.
"""

from __future__ import annotations

from typing import Annotated

from landbridge.schema.column import Codes, Flags, Floats, Key, OneOf, Range, Shorts, Texts, Unit
from landbridge.units import MODES, STATUSES

Id = Annotated[Texts, Key()]
"""Stable name of the row; other rows, questions and answers refer to it."""
Title = Texts
"""Name as people read it."""
Latitude = Annotated[Floats, Unit("deg"), Range(-90, 90)]
"""Degrees north, WGS 84."""
Longitude = Annotated[Floats, Unit("deg"), Range(-180, 180)]
"""Degrees east, WGS 84."""
PointLatitude = Annotated[Floats, Unit("deg"), Range(-90, 90, missing=True)]
"""Degrees north of the point for which the row holds; blank: it holds along the whole border."""
PointLongitude = Annotated[Floats, Unit("deg"), Range(-180, 180, missing=True)]
"""Degrees east of the point; given together with ``lat`` and ``radius_km`` or not at all."""
PointRadius = Annotated[Floats, Unit("km"), Range(0, missing=True)]
"""How far around the point the row holds."""
Hours = Annotated[Floats, Unit("h"), Range(0)]
Money = Annotated[Floats, Range(0)]
MoneyUnit = Annotated[Texts, OneOf(("USD/box", "USD/TEU", "USD/FEU", "USD/t"))]
"""What the price is for."""
Draught = Annotated[Floats, Unit("m"), Range(0, missing=True)]
Gauge = Annotated[Shorts, Unit("mm"), Range(0, 2000)]
"""Gauge of the track; 0 for what is no railway."""
ModeCode = Annotated[Codes, OneOf(MODES)]
"""What moves there."""
StatusCode = Annotated[Codes, OneOf(STATUSES)]
"""Whether it may be used; what is planned or being built may be from its ``opens`` on."""
Distribution = Annotated[Texts, OneOf(("fixed", "pert", "lognormal", "uniform"))]
"""Family that joins low, typical and high."""
Year = Annotated[Shorts, Range(1900, 2100)]
"""The year that the row describes; prices are of that year."""
SourceIds = Texts
"""Where the row comes from: ids of ``sources``, separated by ``;``."""
Confidence = Annotated[Texts, OneOf(("high", "medium", "low"))]
"""How far the source can be trusted."""
Estimated = Flags
"""Whether the row is a guess; its reasoning then stands in ``note``."""
Note = Texts
"""What a reader of the row should know."""
