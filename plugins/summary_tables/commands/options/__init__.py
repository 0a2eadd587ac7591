"""What several commands are told alike: folders, a warehouse, the form of the output."""
