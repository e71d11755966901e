"""Times typed on the venue's clock, read so that an embargo never ends earlier than somebody meant."""

from datetime import UTC


def shown(instant, zone):
    """What a field for a local time shows of an instant."""
    return instant.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0) if instant else None


def read(local, zone, stood=None):
    """The instant of a typed local time, None for none; `stood` where the field shows what stood already, to the second.

    An hour that comes twice when clocks go back is taken as the later one, and so is one that clocks leave out.
    """
    if local is None:
        return None
    if stood is not None and local == shown(stood, zone):
        return stood
    return max(local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
