"""Parts of a screen that know what an order is."""
