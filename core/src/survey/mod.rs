//! What a router has today: ports, lines, set-ups, customers.
