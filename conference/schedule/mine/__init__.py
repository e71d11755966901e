"""My schedule: what somebody has starred of a release, what stands in its way, what has become of it, and a link to show it to others."""
