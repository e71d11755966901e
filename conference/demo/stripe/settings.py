"""What may be chosen when the stand-in starts; everything else is asked for while it runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Start-up choices; the webhook address may also be set later through `/_control/webhook`."""

    store: str
    """Path of the SQLite file that remembers everything."""
    webhook_url: str | None = None
    """Where events are posted; without one they are only listed."""
    webhook_secret: str = "whsec_stand_in"  # noqa: S105 - signs play money only
    """Signs every delivery, in Stripe's own scheme."""
    public_url: str | None = None
    """How browsers reach the hosted page, when that differs from the address of the API call."""
    merchant: str = "The demo society"
    """Whose name the hosted page shows."""
    lenient_expiry: bool = False
    """Lets a session live for less than Stripe's 30 minutes, so that a test can watch it expire."""
    debit_seconds: float = 15
    """How long a bank debit made on the hosted page takes to clear or to bounce."""
    delivery_timeout: float = 10
    """Seconds to wait for the webhook's answer before the delivery counts as failed."""
    retry_base: float = 1
    """Seconds before the first retry of a delivery; doubles each time."""
    background: bool = True
    """Whether threads deliver events and let sessions expire by themselves."""
