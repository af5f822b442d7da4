"""The state of an order form without a screen: its values, its faults and the request it makes."""
