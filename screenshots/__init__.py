"""Pictures of Ordex for its documents, drawn from scripted scenarios over the sandbox."""
