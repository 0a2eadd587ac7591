"""The text of configs that do not exist yet, and whether lint would accept it."""
