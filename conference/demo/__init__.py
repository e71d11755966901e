"""What makes a demo believable: the invented society, and stand-ins for the outside world."""
