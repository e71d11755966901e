"""What of a programme its sessions use, and what of it is held."""

from dataclasses import replace


def in_use(programme):
    """The programme without rooms, tracks, people and abstracts that no session names."""
    talks = [talk for session in programme.sessions for talk in session.presentations]
    named = {part.person for session in programme.sessions for part in session.people}
    named |= {author.person for talk in talks for author in talk.authors}
    presented = {talk.submission for talk in talks}
    rooms = {session.room for session in programme.sessions} | {talk.hall for talk in talks}
    tracks = {item.track for item in [*programme.sessions, *talks]}
    return replace(
        programme,
        rooms=tuple(room for room in programme.rooms if room.name in rooms),
        tracks=tuple(track for track in programme.tracks if track.name in tracks),
        abstracts=tuple(abstract for abstract in programme.abstracts if abstract.guid in presented),
        people=tuple(person for person in programme.people if person.guid in named),
    )


def standing(programme):
    """The programme with every talk marked as withdrawn whose abstract is not accepted, or is not any more: it is not held."""
    unfit = {abstract.guid for abstract in programme.abstracts if abstract.status != "accepted"}
    return replace(programme, sessions=tuple(_with_standing_talks(session, unfit) for session in programme.sessions))


def _with_standing_talks(session, unfit):
    if not any(talk.submission in unfit for talk in session.presentations):
        return session
    talks = (replace(talk, withdrawn=True) if talk.submission in unfit else talk for talk in session.presentations)
    return replace(session, presentations=tuple(talks))
