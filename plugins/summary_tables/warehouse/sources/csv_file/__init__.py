"""A CSV file of the folder of configs as a grid of cells."""
