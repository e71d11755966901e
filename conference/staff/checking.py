"""`flask schedule check`: the warnings of a draft by hand, with who is not registered, which the programme itself cannot know."""

import json

import click

from conference import meetings
from conference.schedule import warnings
from conference.staff import warning_list


@click.command("check")
@click.option("--meeting", "code", required=True, metavar="CODE", help="The meeting's code.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object as the last line.")
def check(code, as_json):
    """Tell what clashes, is missing or does not fit in the draft of a meeting; what was set aside is only counted."""
    meeting = meetings.by_code(code)
    if meeting is None:
        known = ", ".join(each.code for each in meetings.all_meetings()) or "none yet"
        raise click.UsageError(f"There is no meeting {code}. Meetings: {known}.")
    looked = warning_list.look(meeting)
    told = [warning_list.as_told(meeting, looked, warning) for warning in looked.stand]
    if as_json:
        counts = {str(kind): count for kind, count in looked.counts().items()}
        whole = {"meeting": meeting.code, "counts": counts, "set_aside": len(looked.aside), "warnings": told}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    for each in told:
        click.echo(f"{each['severity']}: {each['text']} {each['items']}".rstrip())
    notes = sum(warning.severity is warnings.Severity.NOTE for warning in looked.stand)
    click.echo(f"{len(told) - notes} warnings, {notes} notes, {len(looked.aside)} set aside in {meeting.code}.")
