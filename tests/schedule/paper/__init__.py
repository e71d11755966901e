"""The programme on paper, read back."""
