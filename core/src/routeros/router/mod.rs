//! The in-memory router: menus of rows and the one interpreter that changes them.
