"""The terminal as the explorer drives it: filters for output, pastes, signals, handing it over."""
