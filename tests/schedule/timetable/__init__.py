"""The timetable at the desk."""
