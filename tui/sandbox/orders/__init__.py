"""How the sandbox writes orders, customers and products."""
