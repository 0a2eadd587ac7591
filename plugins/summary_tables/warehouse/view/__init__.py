"""The stable view that readers see, and the versions behind it."""
