"""Set up before anything is imported: where compiled kernels are kept, how Hypothesis searches.

numba looks only at the file of a kernel, not at the kernels that it calls from other files
(measured: the caller still gave the old answer). So the cache folder is named after a hash of all
of them; whoever edits a kernel starts with an empty one.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from landbridge.kernels.cache import cache_folder

_FOLDER = cache_folder()
if _FOLDER is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(_FOLDER)

# the first call of a kernel compiles it, which no deadline should see
settings.register_profile(
    "landbridge", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("landbridge")
