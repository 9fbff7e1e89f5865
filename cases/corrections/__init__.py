"""What humans say that messages mean, kept to teach the NLU."""
