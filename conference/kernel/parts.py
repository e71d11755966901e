"""Long lists in parts that a database takes in one statement."""

AT_ONCE = 500  # SQLite and PostgreSQL both bind some 32,000 values a statement; a row may need many


def in_parts(values, most=AT_ONCE):
    """The values in slices of at most `most`, in their order."""
    values = list(values)
    return (values[start : start + most] for start in range(0, len(values), most))
