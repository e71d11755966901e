"""What gunicorn serves and the flask command loads."""

from conference.app import create_app

app = create_app()
