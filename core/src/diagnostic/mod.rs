//! Findings as data: code, level, message, help and place, with plain-text rendering.
