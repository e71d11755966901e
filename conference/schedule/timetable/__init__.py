"""The timetable at the desk: sessions by day and room, placed, put aside, made, and every change taken back again."""
