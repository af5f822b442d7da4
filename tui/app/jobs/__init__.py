"""Jobs in the explorer: the list, its actions, running jobs, exports."""
