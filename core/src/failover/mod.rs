//! Priorities → distances, probe hosts and detection times.
