"""The commands of `tuikuan`, a module each."""
