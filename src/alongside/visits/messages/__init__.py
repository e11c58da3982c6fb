"""Every sentence that visits can say to a client."""
