"""The counter: somebody without a registration stands in front of it, others wait behind. Found or typed in, checked, and done."""
