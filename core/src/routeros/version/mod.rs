//! RouterOS versions, their order and the gates that hang on them.
