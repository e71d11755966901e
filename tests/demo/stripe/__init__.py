"""The stand-in for Stripe, driven by the official client over real HTTP."""
