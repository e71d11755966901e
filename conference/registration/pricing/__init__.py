"""How a meeting prices: when the member price holds, which day's price counts, and what would make it less."""
