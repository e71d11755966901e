"""Who may open the desk's own pages."""

from conference.web import staff

registrar = staff("registration")
treasurer = staff("finance")


def office(user):
    """Registration and finance: they see people's registrations and orders, and may move money."""
    return registrar(user) or treasurer(user)
