"""What the worker process loads: `huey_consumer conference.worker.huey`. Every task runs inside the application."""

from conference.app import create_app
from conference.jobs import huey
from conference.kernel import db, memory

__all__ = ["huey"]

app = create_app()
memory.collect_seldom()


@huey.pre_execute()
def enter(task):
    """Each task gets a fresh application context, so that no database session is shared between threads."""
    task.application = app.app_context()  # not `task.context`: that name is huey's own
    task.application.push()


@huey.post_execute()
def leave(task, value, error):
    """The session goes back, whatever happened."""
    db.session.remove()
    task.application.pop()
