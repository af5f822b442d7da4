"""Work that outlives a screen: journals, imports and exports."""
