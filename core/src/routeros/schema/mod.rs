//! Which menu, command and argument exists in which version, with provenance.
