"""Tables that are built to be looked at, in a transaction that is rolled back: nobody else ever sees them."""
