"""The post office's round."""

from conference.jobs import job
from conference.mail import post_office


@job("mail")
def send_letters():
    """Send what is due."""
    return post_office.empty()
