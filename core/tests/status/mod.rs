//! What the lines are told to be, by what a router tells of itself.

mod agrees;
mod document;
mod forms;
mod reads;
mod sentences;
