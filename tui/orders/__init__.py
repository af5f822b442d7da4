"""What an order is: pure models and rules, no I/O and no framework."""
