"""Demo data of the sandbox: a coffee and kitchenware shop, made from a seed."""
