"""Who works here, and how they show that it is them."""
