"""What if: named lists of changes, and questions asked of the networks that they make."""
