"""Pictures of numbers as places in an SVG, with words for those who do not see them. The templates draw them."""
