"""Generic widgets: they know no order."""
