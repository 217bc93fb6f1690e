"""All cargo at once: stations, services and pools in time; the engine knows no places or prices."""
