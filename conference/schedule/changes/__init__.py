"""What releases have changed: kept item by item when they are made, read by the public without what is under embargo, told once."""
