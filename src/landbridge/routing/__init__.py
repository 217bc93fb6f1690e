"""Ways on the infrastructure and chains of services from door to door."""
